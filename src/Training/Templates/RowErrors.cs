using MedicalGpt.Data;

namespace MedicalGpt.Training.Templates;

/// <summary>Names the row in errors that came up while it was encoded.</summary>
internal static class RowErrors
{
    /// <summary>Does something with a row.</summary>
    /// <param name="origin">The row's place.</param>
    /// <param name="work">What is done.</param>
    /// <returns>Its result.</returns>
    public static T At<T>(RowOrigin origin, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (MedicalGptException e) when (origin.Source is not null && e.Place != origin.ToString())
        {
            var given = (e.Place, e.Given) switch
            {
                ({ } place, { } text) => $"{text} ({place})",
                ({ } place, null) => place,
                (null, var text) => text,
            };
            throw new MedicalGptException(e.Message, e) { Place = origin.ToString(), Given = given, Allowed = e.Allowed, Remedy = e.Remedy };
        }
    }
}
