using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using MedicalGpt.Hub.Tests.Support;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Hub.Tests;

/// <summary>The table of medical datasets against a hub that has their files where their publishers put them: a name is pulled from its repository, the files of the table and no others, and is then read by the same name.</summary>
public sealed class MedicalSourceTests : HubTest
{
    private const string Pair = """{"question":"什么是痛风？","response_chosen":"一种关节炎。","response_rejected":"一种骨折。"}""";
    private const string Answer = """{"question":"什么是痛风？","answer":"一种关节炎。"}""";

    private static readonly string[] Beside = [".gitattributes", "README.md", "dataset_infos.json", "my_dataset.py", "other/other.bin"];

    private Dictionary<string, string> Variables => new() { ["HF_ENDPOINT"] = Hub.Address.AbsoluteUri, ["HF_HOME"] = Folder["hf"] };

    [Theory]
    [InlineData("shibing624/medical", "shibing624/medical", "reward:preference", "reward/train.json", Pair)]
    [InlineData("shibing624/medical", "shibing624/medical", "dpo:preference", "reward/train.json", Pair)]
    [InlineData("shibing624/medical", "shibing624/medical", "finetune:conversation", "finetune/train_zh_0.json", """{"instruction":"什么是痛风？","input":"","output":"一种关节炎。"}""")]
    [InlineData("shibing624/medical", "shibing624/medical", "pretrain:text", "pretrain/train_encyclopedia.json", """{"text":"痛风是一种关节炎。"}""")]
    [InlineData("huatuo-sharegpt", "shibing624/huatuo_medical_qa_sharegpt", "default:conversation", "HuatuoGPT_sft_data_v1_sharegpt.jsonl", """{"conversations":[{"from":"human","value":"什么是痛风？"},{"from":"gpt","value":"一种关节炎。"}]}""")]
    [InlineData("huatuo", "FreedomIntelligence/HuatuoGPT-sft-data-v1", "default:conversation", "HuatuoGPT_sft_data_v1.jsonl", """{"data":["问：什么是痛风？","答：一种关节炎。"]}""")]
    [InlineData("huatuo-lite", "FreedomIntelligence/Huatuo26M-Lite", "default:conversation", "format_data.jsonl", Answer)]
    [InlineData("huatuo-encyclopedia", "FreedomIntelligence/huatuo_encyclopedia_qa", "default:conversation", "train_datasets.jsonl", """{"questions":[["什么是痛风？","痛风是什么？"]],"answers":["一种关节炎。"]}""")]
    [InlineData("huatuo-knowledge-graph", "FreedomIntelligence/huatuo_knowledge_graph_qa", "default:conversation", "train_datasets.jsonl", """{"questions":["什么是痛风？"],"answers":["一种关节炎。"]}""")]
    [InlineData("medical-o1", "FreedomIntelligence/medical-o1-reasoning-SFT", "zh:conversation", "medical_o1_sft_Chinese.json", """[{"Question":"什么是痛风？","Complex_CoT":"想一想。","Response":"一种关节炎。"}]""")]
    [InlineData("hh-rlhf", "Anthropic/hh-rlhf", "helpful-base:preference", "helpful-base/train.jsonl.gz", """{"chosen":"\n\nHuman: What is gout?\n\nAssistant: Arthritis.","rejected":"\n\nHuman: What is gout?\n\nAssistant: A bone."}""")]
    [InlineData("dpo-en-zh-20k", "shibing624/DPO-En-Zh-20k-Preference", "zh:preference", "dpo_zh.jsonl", """{"system":"","history":[],"question":"什么是痛风？","response_chosen":"一种关节炎。","response_rejected":"一种骨折。"}""")]
    [InlineData("medqa", "GBaker/MedQA-USMLE-4-options", "usmle-4:prompt", "phrases_no_exclude_train.jsonl", """{"question":"What is gout?","answer":"Arthritis","options":{"A":"A bone","B":"Arthritis","C":"A rash","D":"A cough"},"meta_info":"step1","answer_idx":"B","metamap_phrases":["gout"]}""")]
    [InlineData("cmb", "FreedomIntelligence/CMB", "CMB-Exam:prompt", "CMB-Exam/CMB-train/CMB-train-merge.json", """[{"exam_type":"医师考试","exam_class":"执业医师","exam_subject":"内科","question":"痛风是什么？","answer":"B","question_type":"单项选择题","option":{"A":"骨折","B":"关节炎"}}]""")]
    public async Task A_named_source_is_pulled_and_read(string name, string repository, string source, string file, string row)
    {
        var content = new HubContent(file.EndsWith(".gz", StringComparison.Ordinal) ? Gzip(row + "\n") : Encoding.UTF8.GetBytes(row + "\n"), IsLarge: true);
        Hub.Add("datasets/" + repository, [.. Beside.Select(path => (path, HubContent.Text(path == "dataset_infos.json" ? "{}" : "x\n"))), (file, content)]);

        var pulled = await Medgpt.RunAsync(Variables, "data", "pull", name, "--config", source.Split(':')[0]);
        pulled.ExitCode.ShouldBe(0, pulled.Errors);
        Hub.Requests.ShouldAllBe(request => request.Path.Contains($"/datasets/{repository}/", StringComparison.Ordinal) || request.Store);
        var snapshot = new HubCache(Path.Combine(Folder["hf"], "hub")).Snapshot(HubRepository.Parse(HubRepositoryKind.Dataset, repository))!;
        Directory.EnumerateFiles(snapshot, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(snapshot, path)).ShouldBe(["README.md", "dataset_infos.json", file], ignoreOrder: true);

        var read = await Medgpt.RunAsync(Variables, "data", "check", "--dataset-name", name, "--sources", source, "--json");
        read.ExitCode.ShouldBe(0, read.Errors + read.Output);
        var report = JsonNode.Parse(read.Output)!;
        ((long)report["rows"]!).ShouldBe(1);
        ((int)report["errors"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Files_that_have_moved_are_an_error_that_names_both_places()
    {
        Hub.Add("datasets/FreedomIntelligence/CMB", ("README.md", HubContent.Text("# CMB\n")), ("exam/train.json", HubContent.Text("[]\n")));
        var pulled = await Medgpt.RunAsync(Variables, "data", "pull", "cmb");
        pulled.ExitCode.ShouldBe(2);
        pulled.Errors.ShouldBe("error: The files of the dataset are not where its table says.\n  place:   FreedomIntelligence/CMB at main\n  given:   README.md, exam/train.json\n  allowed: **/CMB-train-merge.json, **/CMB-val-merge.json\n  remedy:  name the files with --include PATTERN, or pull an earlier --revision\n");
    }

    [Theory]
    [InlineData("hh-rlhf --config helpful-bas", "error: The dataset has no such configuration.\n  place:   --config\n  given:   helpful-bas\n  allowed: default, harmless-base, helpful-base, helpful-online, helpful-rejection-sampled\n  remedy:  did you mean 'helpful-base'?\n")]
    [InlineData("https://huggingface.co/datasets/clinic/rows/tree/main", "error: There is no such dataset.\n  given:   https://huggingface.co/datasets/clinic/rows/tree/main\n  allowed: ")]
    [InlineData("clinic/rows --local-dir FILE", "error: The output is no folder.\n  place:   --local-dir FILE\n")]
    public async Task What_is_wrong_in_the_command_is_said_before_the_hub_is_asked(string words, string block)
    {
        var file = Folder["file"];
        await File.WriteAllTextAsync(file, "a file");
        var pulled = await Medgpt.RunAsync(Variables, ["data", "pull", .. words.Replace("FILE", file, StringComparison.Ordinal).Split(' ')]);
        pulled.ExitCode.ShouldBe(2);
        pulled.Errors.ShouldStartWith(block.Replace("FILE", file, StringComparison.Ordinal));
        Hub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_pages_address_gives_the_name_that_is_meant()
    {
        Should.Throw<MedicalGptException>(() => HubRepository.Parse(HubRepositoryKind.Model, "https://huggingface.co/Qwen/Qwen2.5-0.5B")).Remedy.ShouldBe("did you mean 'Qwen/Qwen2.5-0.5B'?");
        Should.Throw<MedicalGptException>(() => HubRepository.Parse(HubRepositoryKind.Dataset, "https://huggingface.co/datasets/clinic/rows/tree/main")).Remedy.ShouldBe("did you mean 'clinic/rows'?");
        Should.Throw<MedicalGptException>(() => HubRepository.Parse(HubRepositoryKind.Model, "a b")).Remedy.ShouldBeNull();
    }

    [Fact]
    public async Task What_the_user_excludes_is_not_pulled()
    {
        Hub.Add("datasets/shibing624/medical", ("reward/train.json", HubContent.Text(Pair + "\n")), ("reward/valid.json", HubContent.Text(Pair + "\n")));
        var pulled = await Medgpt.RunAsync(Variables, "data", "pull", "shibing624/medical", "--config", "reward", "--exclude", "*valid*", "--local-dir", Folder["rows"]);
        pulled.ExitCode.ShouldBe(0, pulled.Errors);
        Directory.EnumerateFiles(Folder["rows"], "*.json", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe(["train.json"]);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
