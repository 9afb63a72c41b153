using System.Text;
using System.Text.Json.Nodes;
using MedicalGpt.Data;
using MedicalGpt.Fuzz.Tests.Support;
using MedicalGpt.Training.Templates;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Fuzz.Tests.Targets;

/// <summary>Files of a tokenizer, its chat template among them.</summary>
internal static class TokenizerTarget
{
    private static readonly string[] Others =
    [
        """{"version":"1.0","added_tokens":[{"id":2,"content":"<|endoftext|>","special":true,"single_word":false,"lstrip":false,"rstrip":true,"normalized":false}],"normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]},"pre_tokenizer":{"type":"WhitespaceSplit"},"post_processor":null,"decoder":{"type":"Sequence","decoders":[{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]},"model":{"type":"WordLevel","vocab":{"a":0,"b":1},"unk_token":"a"}}""",
        """{"version":"1.0","added_tokens":[],"normalizer":null,"pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true},"post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],"pair":[],"special_tokens":{"<s>":{"id":"<s>","ids":[1],"tokens":["<s>"]}}},"decoder":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true},"model":{"type":"Unigram","unk_id":0,"vocab":[["<unk>",0.0],["<s>",0.0],["▁a",-1.5],["sp",-2.5]],"byte_fallback":false}}""",
        """{"version":"1.0","added_tokens":[{"id":0,"content":"<unk>","special":true}],"normalizer":{"type":"Prepend","prepend":"▁"},"pre_tokenizer":{"type":"Split","pattern":{"Regex":"(?i:'s|'t)|\\p{L}+|\\p{N}{1,3}|\\s+(?!\\S)|\\s+"},"behavior":"Isolated","invert":false},"post_processor":null,"decoder":{"type":"ByteLevel"},"model":{"type":"BPE","vocab":{"<unk>":0,"a":1,"s":2,"as":3},"merges":[["a","s"]],"byte_fallback":true,"ignore_merges":true,"unk_token":"<unk>","dropout":null,"fuse_unk":true}}""",
    ];

    private static readonly string[] Templates =
    [
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
        "{%- set ns = namespace(found=false, n=0) -%}{%- for m in messages if m.role != 'system' -%}{%- set ns.n = ns.n + loop.index0 -%}{%- if loop.first and not ns.found -%}{{ m.content | trim | upper }}{%- elif loop.last -%}{{ m['content'][1:-1] ~ ns.n }}{%- else -%}{{ raise_exception('no') }}{%- endif -%}{%- endfor -%}",
        "{% macro render(items, depth=0) %}{% for i in items %}{{ i | tojson(indent=2) }}{{ render([i], depth + 1) if depth < 2 else '' }}{% endfor %}{% endmacro %}{{ render(messages) }}{% generation %}{{ messages[-1].content.split('</think>')[-1].lstrip('\n') }}{% endgeneration %}",
        "{{ bos_token }}{% if tools is defined and tools is not none %}{{ tools | length }}{% endif %}{% for i in range(3) %}{{ [i] * 4 | join(', ') }}{% endfor %}{{ messages | selectattr('role', 'equalto', 'user') | list | map(attribute='content') | first | default('x', true) }}{# comment #}{{ strftime_now('%Y') }}",
    ];

    /// <summary>tokenizer.json.</summary>
    /// <param name="scratch">Where files go.</param>
    public static FuzzTarget Files(Scratch scratch)
    {
        Train(scratch);
        return new(
            "tokenizer",
            [File.ReadAllBytes(scratch["tokenizer.json"]), .. Others.Select(Encoding.UTF8.GetBytes)],
            [.. new[] { "null", "true", "-1", "1e999", "99999999999", "\"\\ud800\"", "{}", "[]", "\"x\"", "\"BPE\"", "\"WordLevel\"", "\"Unigram\"", "\"type\":", "\"vocab\":", "\"merges\":", "\"(a+)+$\"", "\"(\"", "2147483647", "\"\"", new string('[', 80) }.Select(Encoding.UTF8.GetBytes)],
            (input, _) =>
            {
                scratch.Write("tokenizer.json", input);
                var tokenizer = Tokenizer.Load(scratch[""]);
                tokenizer.Decode(tokenizer.Encode("阿司匹林 aspirin 😀 <|endoftext|>  12345 it's"), skipSpecial: false).ShouldNotBeNull();
                return Task.CompletedTask;
            });
    }

    /// <summary>The chat template in tokenizer_config.json.</summary>
    /// <param name="scratch">Where files go.</param>
    public static FuzzTarget Template(Scratch scratch)
    {
        Train(scratch);
        Message[] messages = [new(Roles.System, "你是医生"), new(Roles.User, "q <b>"), new(Roles.Assistant, "a</think>b"), new(Roles.User, "阿司匹林?")];
        return new(
            "jinja",
            [.. Templates.Select(Encoding.UTF8.GetBytes)],
            [.. new[] { "{{", "}}", "{%", "%}", "{#", "#}", "-%}", "{%-", "{% for x in messages %}", "{% endfor %}", "{% if ", "{% endif %}", "{% macro m() %}", "{% endmacro %}", "{% set x = ", "range(999999999)", " * 999999999", "'a' * 99999999", " ~ ", " | ", "tojson", "[::-1]", "[0]", "(((((((((", "not ", " is ", " in ", "messages", "loop.", "'", "\"", "\\", "m()", "1e308", "**", "//", "%" }.Select(Encoding.UTF8.GetBytes)],
            (input, variant) =>
            {
                var configuration = JsonNode.Parse(File.ReadAllText(scratch["tokenizer_config.json"]))!;
                configuration["chat_template"] = Encoding.UTF8.GetString(input);
                File.WriteAllText(scratch["tokenizer_config.json"], configuration.ToJsonString());
                ExampleEncoder.Load(scratch[""]).EncodePrompt(messages, variant % 2 == 0 ? null : """[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}}}}]""").ShouldNotBeNull();
                return Task.CompletedTask;
            });
    }

    private static void Train(Scratch scratch) => BytePairTrainer.Train(["aspirin aspirin 阿司匹林 阿司匹林"], new BytePairTraining { VocabularySize = 280 }).Save(scratch[""]);
}
