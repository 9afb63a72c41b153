using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>
/// Masks the values of JSON and leaves everything else as it is written: the result is JSON with the same members. Strings are masked as texts are, JSON within them too. A number is one value and has no place for a mark, so it stays,
/// unless all of it is personal data (<c>13812345678</c>): then the mark takes its place as a string.
/// </summary>
/// <param name="keepsNames">Whether names of members stay, because they belong to a form that others rely on (parameters of a tool); else they are masked as strings are.</param>
internal sealed class PersonalDataJson(bool keepsNames)
{
    private const int MaxDepth = 1024, DepthOfCallMembers = 2;

    /// <summary>Whether the member <c>id</c> of each object of a list stays: results of tools name their call by it.</summary>
    public bool KeepsCallIds { get; init; }

    /// <summary>Masks.</summary>
    /// <param name="text">What may be JSON.</param>
    /// <returns>JSON; null = the text is no object and no list.</returns>
    public string? Mask(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
            return null;
        var json = Encoding.UTF8.GetBytes(text);
        var masked = new ArrayBufferWriter<byte>(json.Length);
        try
        {
            var done = Write(json, masked);
            masked.Write(json.AsSpan(done));
        }
        catch (JsonException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(masked.WrittenSpan);
    }

    private int Write(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> masked)
    {
        var (done, isId, name) = (0, false, "");
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            var written = isId ? null : Masked(ref reader, name);
            name = reader.TokenType == JsonTokenType.PropertyName ? Text(ref reader) ?? "" : "";
            isId = KeepsCallIds && reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == DepthOfCallMembers && reader.ValueTextEquals("id"u8);
            if (written is null)
                continue;
            var (start, length) = Place(ref reader);
            masked.Write(json[done..start]);
            masked.Write(Encoding.UTF8.GetBytes(written));
            done = start + length;
        }

        return done;
    }

    /// <summary>A token with its marks; null = it stays.</summary>
    private string? Masked(ref Utf8JsonReader reader, string name)
    {
        if (name.Length > 0 && reader.TokenType is JsonTokenType.String or JsonTokenType.Number && PersonalDataScanner.IsRecordNumber(name, (reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : Text(ref reader)) ?? ""))
            return $"\"{PersonalDataMask.MarkOf(PersonalDataKind.RecordNumber)}\"";
        if (reader.TokenType == JsonTokenType.Number)
        {
            var number = Encoding.UTF8.GetString(reader.ValueSpan);
            return PersonalDataScanner.Find(number) is [{ Start: 0 } all] && all.Length == number.Length ? $"\"{PersonalDataMask.MarkOf(all.Kind)}\"" : null;
        }

        if (reader.TokenType != JsonTokenType.String && (keepsNames || reader.TokenType != JsonTokenType.PropertyName))
            return null;
        // What is no Unicode text (half of a surrogate pair) is masked as it is written.
        if (Text(ref reader) is not { } text)
        {
            var raw = Encoding.UTF8.GetString(reader.ValueSpan);
            return PersonalDataMask.MaskPlain(raw) is var marked && marked != raw ? $"\"{marked}\"" : null;
        }

        var changed = PersonalDataMask.Mask(text, keepsNames);
        return changed == text ? null : $"\"{JsonEncodedText.Encode(changed, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // Strings and names stand between quotes, which the reader does not count.
    private static (int Start, int Length) Place(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? ((int)reader.TokenStartIndex, reader.ValueSpan.Length) : ((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2);
}
