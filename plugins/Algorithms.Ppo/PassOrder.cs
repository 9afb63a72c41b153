using System.Globalization;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Ppo;

/// <summary>The order in which each pass takes the answers of a collection.</summary>
public static class PassOrder
{
    /// <summary>Orders of all passes over a collection, all drawn at once so that a resumed run draws the same.</summary>
    /// <param name="options">Passes; a recorded order.</param>
    /// <param name="answers">Answers of the collection.</param>
    /// <param name="collection">Number of the collection, from 0.</param>
    /// <param name="context">Gives the random source.</param>
    /// <returns>A permutation per pass.</returns>
    /// <exception cref="MedicalGptException">The recorded order does not fit.</exception>
    public static int[][] Draw(PpoOptions options, int answers, int collection, ITrainingContext context)
    {
        if (options.ReplayOrder is { } recorded)
            return [.. Enumerable.Range(collection * options.NumPpoEpochs, options.NumPpoEpochs).Select(pass => Parse(recorded, pass, answers))];
        return [.. Enumerable.Range(0, options.NumPpoEpochs).Select(pass => Shuffled(answers, context.RandomFor($"ppo pass {pass}")))];
    }

    private static int[] Shuffled(int answers, Random random)
    {
        int[] order = [.. Enumerable.Range(0, answers)];
        random.Shuffle(order);
        return order;
    }

    private static int[] Parse(string recorded, int pass, int answers)
    {
        var passes = recorded.Split(';');
        if (pass >= passes.Length)
            throw new MedicalGptException($"--replay-order holds {passes.Length} passes, pass {pass + 1} is needed; give one list of indices per pass");
        var order = passes[pass].Split(',').Select(i => int.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1).ToArray();
        if (!order.Order().SequenceEqual(Enumerable.Range(0, answers)))
            throw new MedicalGptException($"--replay-order, pass {pass + 1}: '{passes[pass]}' does not name each of the answers 0 to {answers - 1} once");
        return order;
    }
}
