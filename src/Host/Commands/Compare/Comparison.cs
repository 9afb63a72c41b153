using System.Globalization;
using System.Text.Json.Nodes;
using MedicalGpt.Data;

namespace MedicalGpt.Host.Commands.Compare;

/// <summary>The result of a comparison.</summary>
/// <param name="Prompts">The prompts.</param>
/// <param name="Models">Each model's answers.</param>
/// <param name="By">Reference columns by which it is split.</param>
/// <param name="Samples">Prompts that are shown.</param>
internal sealed record Comparison(IReadOnlyList<Prompt> Prompts, IReadOnlyList<ComparedAnswers> Models, IReadOnlyList<string> By, int Samples)
{
    /// <summary>The result for people.</summary>
    /// <returns>Lines.</returns>
    public IEnumerable<string> Lines()
    {
        var overall = Models.Select(model => new[] { model.Model.Name, Share(model.Overall.Mean), $"{Share(model.Overall.Low)} to {Share(model.Overall.High)}", $"{model.Overall.Count}" });
        foreach (var line in TextTable.Lines(["model", "accuracy", "95 % interval", "n"], overall))
            yield return line;
        foreach (var column in By)
        {
            var groups = Groups(column);
            yield return "";
            var rows = Models.Select(model => groups.Select(group => Share(model.Over(group).Mean)).Prepend(model.Model.Name).ToArray())
                .Append([.. groups.Select(group => $"{group.Count()}").Prepend("n")]);
            foreach (var line in TextTable.Lines([column, .. groups.Select(group => group.Key)], rows))
                yield return line;
        }

        foreach (var row in Shown())
        {
            yield return "";
            yield return Prompts[row].Messages[^1].Content;
            if (Prompts[row].Reference.TryGetValue("answer", out var expected))
                yield return $"  (expected) {expected}";
            foreach (var model in Models)
                yield return $"  {model.Model.Name}: {model.Answers[row].ReplaceLineEndings(" ")} [{Number(model.Rewards[row])}]";
        }
    }

    /// <summary>The result for programs.</summary>
    /// <returns>JSON.</returns>
    public JsonObject ToJson() => new()
    {
        ["prompts"] = Prompts.Count,
        ["models"] = new JsonArray([.. Models.Select(model => (JsonNode)ToJson(model))]),
        ["samples"] = new JsonArray([.. Shown().Select(row => (JsonNode)new JsonObject
        {
            ["prompt"] = Prompts[row].Messages[^1].Content,
            ["expected"] = Prompts[row].Reference.GetValueOrDefault("answer"),
            ["answers"] = new JsonObject(Models.Select(model => KeyValuePair.Create(model.Model.Name, (JsonNode?)model.Answers[row]))),
        })]),
    };

    private JsonObject ToJson(ComparedAnswers model)
    {
        var json = ToJson(model.Overall);
        json["name"] = model.Model.Name;
        json["folder"] = model.Model.Folder;
        json["finished"] = model.Finished.Count(finished => finished) / (double)Math.Max(model.Finished.Count, 1);
        json["by"] = new JsonObject(By.Select(column => KeyValuePair.Create(column, (JsonNode?)new JsonObject(Groups(column).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)ToJson(model.Over(group))))))));
        return json;
    }

    private static JsonObject ToJson(Accuracy accuracy) => accuracy.Count == 0
        ? new JsonObject { ["n"] = 0 }
        : new JsonObject { ["accuracy"] = accuracy.Mean, ["low"] = accuracy.Low, ["high"] = accuracy.High, ["n"] = accuracy.Count };

    private List<IGrouping<string, int>> Groups(string column) =>
        [.. Enumerable.Range(0, Prompts.Count).GroupBy(row => Prompts[row].Reference.GetValueOrDefault(column, "(none)")).OrderBy(group => group.Key, StringComparer.Ordinal)];

    // Spread evenly over the prompts, so that kinds and languages mix.
    private IEnumerable<int> Shown() => Enumerable.Range(0, Math.Min(Samples, Prompts.Count)).Select(i => (int)((long)i * Prompts.Count / Math.Min(Samples, Prompts.Count)));

    private static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Number(double value) => double.IsNaN(value) ? "not judged" : value.ToString("0.##", CultureInfo.InvariantCulture);
}
