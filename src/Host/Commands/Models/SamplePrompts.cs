using MedicalGpt.Training;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Short medical texts in English and Chinese, for comparing two forms of a model.</summary>
internal static class SamplePrompts
{
    /// <summary>The texts.</summary>
    public static IReadOnlyList<string> Texts { get; } =
    [
        "Question: Which blood test is used to follow long-term control of diabetes? Answer: Glycated haemoglobin (HbA1c) shows the average blood sugar of the last two to three months.",
        "A patient with chest pain that spreads to the left arm, sweating and shortness of breath needs an electrocardiogram at once and a measurement of troponin.",
        "问：高血压患者饮食上应该注意什么？答：每天食盐不超过五克，多吃蔬菜和水果，限制饮酒，控制体重，并按时服药。",
        "Paracetamol lowers fever and relieves pain. Adults take at most four grams a day; in liver disease the limit is lower. Side effects are rare at the usual dose.",
    ];

    /// <summary>Token ids of the texts.</summary>
    /// <param name="folder">A folder with a tokenizer.</param>
    /// <param name="vocabulary">Token ids must be below this.</param>
    /// <returns>Ids of each text; null where the folder has no tokenizer that fits.</returns>
    public static IReadOnlyList<int[]>? Encode(string folder, int vocabulary)
    {
        if (!File.Exists(Path.Combine(folder, "tokenizer.json")))
            return null;
        var encoder = ExampleEncoder.Load(folder);
        var ids = Texts.Select(t => encoder.EncodeText(t)).Where(row => row.Length > 0 && row.All(id => id < vocabulary)).ToList();
        return ids.Count > 0 ? ids : null;
    }
}
