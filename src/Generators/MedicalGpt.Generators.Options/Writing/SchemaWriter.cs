using System.Text;
using MedicalGpt.Generators.Options.Model;

namespace MedicalGpt.Generators.Options.Writing;

/// <summary>Writes the JSON schema (draft 2020-12, with <c>x-</c> keywords for what a schema has no word for) of one record.</summary>
internal static class SchemaWriter
{
    public static string Write(RecordModel record)
    {
        var json = new JsonObject
        {
            { "$schema", JsonObject.Text("https://json-schema.org/draft/2020-12/schema") },
            { "title", JsonObject.Text(record.Name) },
            { "description", JsonObject.Text(record.Summary) },
            { "x-type", JsonObject.Text(record.FullName) },
            { "type", JsonObject.Text("object") },
            { "additionalProperties", "false" },
        };
        var properties = new JsonObject();
        foreach (var option in record.Options)
            properties.Add(option.Key, Property(option).ToString());
        json.Add("properties", properties.ToString());
        if (record.Options.Any(option => option.Required))
            json.Add("required", JsonObject.Texts(record.Options.Where(option => option.Required).Select(option => option.Key)));
        AddPairs(json, "x-stage-defaults", record.StageDefaults);
        if (record.Presets.Count > 0)
        {
            var presets = new JsonObject();
            foreach (var preset in record.Presets.GroupBy(item => item.Preset))
            {
                var values = new JsonObject();
                foreach (var item in preset)
                    values.Add(item.Key, JsonObject.Text(item.Text));
                presets.Add(preset.Key, values.ToString());
            }

            json.Add("x-presets", presets.ToString());
        }

        AddPairs(json, "x-accepted-without-effect", record.Accepted);
        return json.ToString();
    }

    private static JsonObject Property(OptionModel option)
    {
        var item = option.Kind switch
        {
            ValueKind.TextList => new JsonObject { { "type", JsonObject.Text("string") } },
            ValueKind.NumberList => new JsonObject { { "type", JsonObject.Text("number") } },
            ValueKind.IntegerList => new JsonObject { { "type", JsonObject.Text("integer") } },
            _ => null,
        };
        var type = option.Kind switch
        {
            ValueKind.Boolean => "boolean",
            ValueKind.Integer or ValueKind.Long => "integer",
            ValueKind.Number => "number",
            ValueKind.Text or ValueKind.Choice => "string",
            ValueKind.Map => "object",
            _ => "array",
        };
        var json = new JsonObject
        {
            { "type", option.Nullable ? JsonObject.Texts([type, "null"]) : JsonObject.Text(type) },
            { "description", JsonObject.Text(option.Summary) },
        };
        if (option.Default is not null)
            json.Add("default", Value(option));
        else if (option.Nullable && !option.Required)
            json.Add("default", "null");
        Limits(item ?? json, option);
        if (item is not null)
            json.Add("items", item.ToString());
        if (option.Kind == ValueKind.Map)
            json.Add("additionalProperties", new JsonObject { { "type", JsonObject.Text("string") } }.ToString());
        json.Add("x-kind", JsonObject.Text(option.Kind.ToString()));
        if (option.Unit is not null)
            json.Add("x-unit", JsonObject.Text(option.Unit));
        if (option.Aliases.Count > 0)
            json.Add("x-aliases", JsonObject.Texts(option.Aliases));
        if (option.AllowInfinity)
            json.Add("x-allow-infinity", "true");
        if (option.MustExist is not null)
            json.Add("x-must-exist", JsonObject.Text(option.MustExist));
        if (option.Secret)
            json.Add("x-secret", "true");
        if (option.Hidden)
            json.Add("x-hidden", "true");
        return json;
    }

    private static void Limits(JsonObject json, OptionModel option)
    {
        if (option.Min is { } min)
            json.Add(option.MinExclusive ? "exclusiveMinimum" : "minimum", JsonObject.Number(min));
        if (option.Max is { } max)
            json.Add(option.MaxExclusive ? "exclusiveMaximum" : "maximum", JsonObject.Number(max));
        var allowed = DescriptorWriter.Allowed(option).ToList();
        if (allowed.Count > 0)
            json.Add("enum", "[" + string.Join(",", allowed.Select(JsonObject.Text)) + (option.Nullable && option.Kind == ValueKind.Choice ? ",null]" : "]"));
    }

    private static string Value(OptionModel option) => option.Kind switch
    {
        ValueKind.Boolean or ValueKind.Integer or ValueKind.Long => option.Default!,
        ValueKind.Number => JsonObject.NumberText(option.Default!),
        ValueKind.TextList => JsonObject.Texts(option.DefaultItems),
        ValueKind.NumberList or ValueKind.IntegerList => "[" + string.Join(",", option.DefaultItems.Select(JsonObject.NumberText)) + "]",
        _ => JsonObject.Text(option.Default!),
    };

    private static void AddPairs(JsonObject json, string name, EquatableArray<KeyText> pairs)
    {
        if (pairs.Count == 0)
            return;
        var values = new JsonObject();
        foreach (var pair in pairs.GroupBy(pair => pair.Key).Select(group => group.First()))
            values.Add(pair.Key, JsonObject.Text(pair.Text));
        json.Add(name, values.ToString());
    }
}
