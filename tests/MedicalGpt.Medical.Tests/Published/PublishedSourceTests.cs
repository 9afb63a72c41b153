using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical.Published;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Medical.Tests.Published;

/// <summary>Every dataset of the table is read in the layout in which it is published: small hand-written files with the published names and columns.</summary>
public sealed class PublishedSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("medgpt-published").FullName;

    public static TheoryData<string, string?, ExampleKind, string, string, string> Layouts => new()
    {
        { "shibing624/medical", "finetune", ExampleKind.Conversation, "finetune/train_zh_0.json", """{"instruction":"i","input":"","output":"o"}""", "i>o" },
        { "shibing624/medical", "pretrain", ExampleKind.Text, "pretrain/train_encyclopedia.json", """{"text":"t"}""", "t" },
        { "shibing624/medical", "reward", ExampleKind.Preference, "reward/train.json", """{"question":"q","response_chosen":"c","response_rejected":"r"}""", "q>c<r" },
        { "shibing624/medical", "dpo", ExampleKind.Preference, "reward/train.json", """{"question":"q","response_chosen":"c","response_rejected":"r"}""", "q>c<r" },
        { "shibing624/medical", "orpo", ExampleKind.Preference, "reward/train.json", """{"question":"q","response_chosen":"c","response_rejected":"r"}""", "q>c<r" },
        { "huatuo-sharegpt", null, ExampleKind.Conversation, "HuatuoGPT_sft_data_v1_sharegpt.jsonl", """{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}""", "q>a" },
        { "huatuo", null, ExampleKind.Conversation, "HuatuoGPT_sft_data_v1.jsonl", """{"id":"1","data":["问：q","答：a"]}""", "q>a" },
        { "FreedomIntelligence/Huatuo26M-Lite", null, ExampleKind.Conversation, "format_data.jsonl", """{"id":1,"answer":"a","score":5,"label":"内科","question":"q","related_diseases":"d"}""", "q>a" },
        { "huatuo-encyclopedia", null, ExampleKind.Conversation, "train_datasets.jsonl", """{"questions":[["q","q?"]],"answers":["a"]}""", "q>a" },
        { "huatuo-knowledge-graph", null, ExampleKind.Conversation, "train_datasets.jsonl", """{"questions":["q"],"answers":["a"]}""", "q>a" },
        { "medical-o1", "zh", ExampleKind.Conversation, "medical_o1_sft_Chinese.json", """[{"Question":"q","Complex_CoT":"t","Response":"a"}]""", "q><think>\nt\n</think>\n\na" },
        { "hh-rlhf", null, ExampleKind.Preference, "harmless-base/train.jsonl.gz", """{"chosen":"\n\nHuman: q\n\nAssistant: c","rejected":"\n\nHuman: q\n\nAssistant: r"}""", "q>c<r" },
        { "Anthropic/hh-rlhf", "helpful-base", ExampleKind.Prompt, "helpful-base/train.jsonl.gz", """{"chosen":"\n\nHuman: q\n\nAssistant: c","rejected":"\n\nHuman: q\n\nAssistant: r"}""", "q=" },
        { "dpo-en-zh-20k", "zh", ExampleKind.Preference, "dpo_zh.json", """[{"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"gpt","value":"c"},"rejected":{"from":"gpt","value":"r"}}]""", "q>c<r" },
        { "medqa", "usmle-4", ExampleKind.Prompt, "phrases_no_exclude_train.jsonl", """{"question":"q","answer":"y","options":{"A":"x","B":"y"},"meta_info":"step1","answer_idx":"B","metamap_phrases":["p"]}""", "q\nA. x\nB. y\nAnswer with the letter of the correct option only.=B" },
        { "medqa", "mainland-4", ExampleKind.Prompt, "questions/Mainland/4_options/train.jsonl", """{"question":"问","options":{"A":"x","B":"y"},"answer":"y","meta_info":"m","answer_idx":"B"}""", "问\nA. x\nB. y\n请只回答正确选项的字母。=B" },
        { "medmcqa", "json", ExampleKind.Prompt, "train.json", """{"question":"q","exp":"e","cop":1,"opa":"x","opb":"y","opc":"z","opd":"w","subject_name":"s","id":"1"}""", "q\nA. x\nB. y\nC. z\nD. w\nAnswer with the letter of the correct option only.=A" },
        { "pubmedqa", "ori_pqal", ExampleKind.Prompt, "data/ori_pqal.json", "{\n\"1\": {\"QUESTION\":\"q?\",\"CONTEXTS\":[\"c\"],\"LABELS\":[\"l\"],\"MESHES\":[],\"final_decision\":\"yes\",\"LONG_ANSWER\":\"l\"}}", "c\n\nQuestion: q?\nAnswer yes, no or maybe.=yes" },
        { "cmexam", null, ExampleKind.Prompt, "data/train.csv", "Question,Options,Answer,Explanation\n问,\"A x\nB y\",B,e\n", "问\nA. x\nB. y\n请只回答正确选项的字母。=B" },
        { "cmb", null, ExampleKind.Prompt, "CMB-Exam/CMB-train/CMB-train-merge.json", """[{"exam_type":"t","exam_class":"c","exam_subject":"s","question":"问","answer":"AB","question_type":"多项选择题","option":{"A":"x","B":"y","C":"z","D":"w","E":""}}]""", "问\nA. x\nB. y\nC. z\nD. w\n请只回答正确选项的字母。=AB" },
        { "mmlu", "anatomy-csv", ExampleKind.Prompt, "data/dev/anatomy_dev.csv", "q,x,\"y, y\",z,w,B\n", "q\nA. x\nB. y, y\nC. z\nD. w\nAnswer with the letter of the correct option only.=B" },
        { "medmcqa", null, ExampleKind.Prompt, "data/train-00000-of-00001.parquet", """{"id":"1","question":"q","opa":"x","opb":"y","opc":"z","opd":"w","cop":0,"choice_type":"single","exp":"e","subject_name":"s","topic_name":null}""", "q\nA. x\nB. y\nC. z\nD. w\nAnswer with the letter of the correct option only.=A" },
        { "pubmedqa", null, ExampleKind.Prompt, "pqa_labeled/train-00000-of-00001.parquet", """{"pubid":1,"question":"q?","context":{"contexts":["c","d"],"labels":["l","m"],"meshes":[]},"long_answer":"l","final_decision":"maybe"}""", "c\n\nd\n\nQuestion: q?\nAnswer yes, no or maybe.=maybe" },
        { "cais/mmlu", "anatomy", ExampleKind.Prompt, "anatomy/dev-00000-of-00001.parquet", """{"question":"q","subject":"anatomy","choices":["x","y","z","w"],"answer":3}""", "q\nA. x\nB. y\nC. z\nD. w\nAnswer with the letter of the correct option only.=D" },
        { "oasst1", null, ExampleKind.Preference, "data/train-00000-of-00001.parquet", """{"lang":"en","parent_id":"1","prompt":"q","chosen":"c","rejected":"r"}""", "q>c<r" },
        { "full-hh-rlhf", null, ExampleKind.Preference, "data/train-00000-of-00002.parquet", """{"prompt":"\n\nHuman: q\n\nAssistant:","response":" c","chosen":" c","rejected":" r"}""", "q> c< r" },
        { "medagents-benchmark", "mmlu", ExampleKind.Conversation, "mmlu/train.jsonl", """{"realidx":5,"question":"q","options":{"A":"x","B":"y"},"answer_idx":"B","answer":"y"}""", "q\nA. x\nB. y\nAnswer with the letter of the correct option only.>B" },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_published_layout_is_read(string name, string? configuration, ExampleKind kind, string file, string content, string expected)
    {
        Write(name, file, content);
        var notices = new List<string>();
        (await Read(name, configuration, kind, notices.Add)).ConvertAll(Show).ShouldBe([expected]);
        if (configuration is "dpo" or "orpo")
            notices[0].ShouldBe($"shibing624/medical {configuration}: the hub has no such configuration; its reward rows are pairs of a better and a worse answer and are read instead");
    }

    [Fact]
    public async Task CMedQA_joins_questions_and_answers()
    {
        Write("cmedqa", "question.csv", "question_id,content\n1,\"头痛, 怎么办\"\n2,q2\n");
        Write("cmedqa", "answer.csv", "ans_id,question_id,content\n10,1,a\n20,2,b\n");
        Write("cmedqa", "train_candidates.txt", "question_id,pos_ans_id,neg_ans_id\n1,10,20\n");
        (await Read("cmedqa2", "pairs", ExampleKind.Preference)).ConvertAll(Show).ShouldBe(["头痛, 怎么办>a<b"]);
        (await Read("cmedqa2", "qa", ExampleKind.Conversation)).ConvertAll(Show).ShouldBe(["头痛, 怎么办>a", "q2>b"]);
        Write("cmedqa", "train_candidates.txt", "question_id,pos_ans_id,neg_ans_id\n1,10,99\n");
        (await Should.ThrowAsync<MedicalGptException>(() => Read("cmedqa2", "pairs", ExampleKind.Preference))).ToBlock().ShouldContain(":2\n  given:   neg_ans_id 99");
        Write("cmedqa", "answer.csv", "ans_id,question_id,content\n10,1,a\n10,1,a\n20,2,b\n10,2,c\n");
        (await Should.ThrowAsync<MedicalGptException>(() => Read("cmedqa2", "pairs", ExampleKind.Preference))).ToBlock().ShouldContain("answer.csv:5\n  given:   ans_id 10: \"a\", then \"c\"");
    }

    [Fact]
    public async Task What_does_not_fit_is_explained()
    {
        Write("shibing624/medical", "finetune/train_zh_0.json", """{"instruction":"i","output":"o"}""");
        (await Should.ThrowAsync<MedicalGptException>(() => Read("shibing624/medical", "grpo", ExampleKind.Prompt))).ToBlock().ShouldEndWith("given:   --dataset-config-name grpo\n  allowed: finetune, pretrain, pretrain-books, reward, dpo, orpo");
        (await Should.ThrowAsync<MedicalGptException>(() => Read("shibing624/medical", "finetune", ExampleKind.Preference))).Remedy.ShouldBe("use --dataset-config-name reward or dpo or orpo");
        (await Should.ThrowAsync<MedicalGptException>(() => Read("shibing624/medical", "reward", ExampleKind.Preference))).ToBlock().ShouldContain("allowed: reward/train.json (each also .gz or .zst)\n  remedy:  fetch it whole: medgpt data pull shibing624/medical");
    }

    [Fact]
    public void The_table_is_whole()
    {
        var all = new MedicalSources().All;
        var names = all.SelectMany(source => new[] { source.Name }.Concat(source.Aliases)).ToList();
        names.ShouldBeUnique();
        foreach (var source in all)
        {
            source.Licence.ShouldNotBeNullOrWhiteSpace();
            source.Summary.ShouldNotBeNullOrWhiteSpace();
            source.Homepage.ShouldStartWith("https://");
            source.Configurations.Select(configuration => configuration.Name).ShouldBeUnique();
            source.Configurations.ShouldAllBe(configuration => configuration.Files.ContainsKey("train"));
            if (source.Repository is { } repository)
                HubRepository.IsId(repository).ShouldBeTrue(repository);
        }
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private async Task<List<Example>> Read(string name, string? configuration, ExampleKind kind, Action<string>? notice = null)
    {
        var options = new DataReadOptions { Published = new Lazy<IReadOnlyList<DatasetSource>>(new MedicalSources().All), DatasetRoots = [_folder], Formats = new JsonLinesAsParquet(), Cache = new HubCache(_folder), Notice = notice ?? (_ => { }) };
        var rows = new List<Example>();
        await foreach (var row in FileDataset.FromName(name, options).ReadAsync(new DatasetRequest(kind, configuration, "train"), default))
            rows.Add(row);
        return rows;
    }

    /// <summary>Stands in for the Parquet reader, whose own tests are elsewhere: files of this test that are called .parquet hold JSON lines.</summary>
    private sealed class JsonLinesAsParquet : IRowFormats, IRowFormat
    {
        public IReadOnlyList<string> Endings => ["parquet"];

        public string Plugin(string ending) => "Fake.Formats";

        public IRowFormat Get(string ending) => this;

        public async IAsyncEnumerable<JsonElement> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
                yield return JsonSerializer.Deserialize<JsonElement>(line);
        }
    }

    private void Write(string name, string file, string content)
    {
        var path = Path.Combine(_folder, name, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var bytes = Encoding.UTF8.GetBytes(content);
        if (!file.EndsWith(".gz", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, bytes);
            return;
        }

        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        gzip.Write(bytes);
    }

    private static string Show(Example row) => row switch
    {
        PlainText text => text.Text,
        Conversation dialogue => string.Join('>', dialogue.Messages.Select(m => m.Content)),
        PreferencePair pair => $"{pair.Prompt[0].Content}>{pair.ChosenText}<{pair.RejectedText}",
        Prompt prompt => $"{prompt.Messages[^1].Content}={prompt.Reference.GetValueOrDefault("answer")}",
        _ => row.ToString(),
    };
}
