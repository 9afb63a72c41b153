namespace MedicalGpt.Training.Templates.Named;

/// <summary>The named templates, as MedicalGPT's names and prompts have them; docs/chat-templates.md says where they differ and why.</summary>
internal static class DialogueShapes
{
    private const string Helpful = "You are a helpful assistant.";
    private const string Human = "A chat between a curious human and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the human's questions.";
    private const string NoThought = "<|im_start|>assistant\n<think>\n\n</think>\n\n";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DialogueShape> All { get; } =
    [
        new("vicuna", "USER: ", " ", "ASSISTANT:")
        {
            Begins = true,
            SystemClose = " ",
            DefaultSystem = "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.",
        },
        new("base", "", "", "") { SystemClose = "\n\n" },
        new("alpaca", "### Instruction:\n", "\n\n", "### Response:\n")
        {
            Begins = true,
            SystemClose = "\n\n",
            Between = "\n\n",
            DefaultSystem = "Below is an instruction that describes a task. Write a response that appropriately completes the request.",
        },
        new("baichuan", "<reserved_102>", "", "<reserved_103>"),
        new("baichuan2", "<reserved_106>", "", "<reserved_107>"),
        new("ziya", "<human>:", "\n", "<bot>:") { Begins = true, SystemClose = "\n", Between = "\n" },
        new("linly", "User: ", "\n", "Bot: ") { Begins = true, SystemClose = "\n", Between = "\n" },
        new("chatglm", "问：", "\n", "答：") { SystemClose = "\n", Between = "\n" },
        new("chatglm2", "问：", "\n\n", "答：") { SystemClose = "\n\n", Between = "\n\n" },
        new("chatglm3", "<|user|>\n", "", "<|assistant|>") { SystemOpen = "<|system|>\n", Between = "\n" },
        new("phoenix", "Human: <s>", "</s>", "Assistant: ") { SystemClose = "\n\n", DefaultSystem = Human },
        new("belle", "Human: ", "\n\n", "Belle: ") { Begins = true, SystemClose = "\n\n", Between = "\n\n" },
        new("aquila", "Human: ", "###", "Assistant:") { SystemClose = "###", Between = "###", DefaultSystem = Human },
        new("intern", "<|User|>:", "<eoh>\n", "<|Bot|>:") { Begins = true, SystemOpen = "<|System|>:", SystemClose = "\n", Stop = "<eoa>", Between = "\n" },
        ChatMl("intern2") with
        {
            Begins = true,
            DefaultSystem = "You are an AI assistant whose name is InternLM (书生·浦语).\n- InternLM (书生·浦语) is a conversational language model that is developed by Shanghai AI Laboratory (上海人工智能实验室). It is designed to be helpful, honest, and harmless.\n- InternLM (书生·浦语) can understand and communicate fluently in the language chosen by the user such as English and 中文.",
        },
        new("starchat", "<|user|>\n", "<|end|>\n", "<|assistant|>\n") { SystemOpen = "<|system|>\n", SystemClose = "<|end|>\n", Stop = "<|end|>", Between = "\n" },
        new("llama2", "[INST] ", " [/INST]", "")
        {
            Begins = true,
            SystemInUser = true,
            SystemOpen = "<<SYS>>\n",
            SystemClose = "\n<</SYS>>\n\n",
            DefaultSystem = "You are a helpful, respectful and honest assistant. Always answer as helpfully as possible, while being safe. Your answers should not include any harmful, unethical, racist, sexist, toxic, dangerous, or illegal content. Please ensure that your responses are socially unbiased and positive in nature.\n\nIf a question does not make any sense, or is not factually coherent, explain why instead of answering something not correct. If you don't know the answer to a question, please don't share false information.",
        },
        new("llama2-zh", "[INST] ", " [/INST]", "")
        {
            Begins = true,
            SystemInUser = true,
            SystemOpen = "<<SYS>>\n",
            SystemClose = "\n<</SYS>>\n\n",
            DefaultSystem = "You are a helpful assistant. 你是一个乐于助人的助手。",
        },
        new("llama3", "<|start_header_id|>user<|end_header_id|>\n\n", "<|eot_id|>", "<|start_header_id|>assistant<|end_header_id|>\n\n")
        {
            Begins = true,
            SystemOpen = "<|start_header_id|>system<|end_header_id|>\n\n",
            SystemClose = "<|eot_id|>",
            Stop = "<|eot_id|>",
            DefaultSystem = "You are a helpful, excellent and smart assistant.",
            ToolFormat = "llama3",
        },
        new("mistral", "[INST] ", " [/INST]", "") { Begins = true, SystemInUser = true, SystemClose = "\n\n", ToolFormat = "mistral" },
        new("xverse", "Human: ", "\n\n", "Assistant: ") { SystemClose = "\n\n" },
        ChatMl("chatml") with { DefaultSystem = Helpful },
        new("deepseek", "User: ", "\n\n", "Assistant:") { Begins = true, SystemClose = "\n\n" },
        new("deepseek3", "<｜User｜>", "", "<｜Assistant｜>") { Begins = true },
        new("deepseekcoder", "### Instruction:\n", "\n", "### Response:\n")
        {
            Begins = true,
            SystemClose = "\n",
            Stop = "<|EOT|>",
            Between = "\n",
            DefaultSystem = "You are an AI programming assistant, utilizing the Deepseek Coder model, developed by Deepseek Company, and you only answer questions related to computer science. For politically sensitive questions, security and privacy issues, and other non-computer science questions, you will refuse to answer",
        },
        ChatMl("yi"),
        new("orion", "Human: ", "\n\n", "Assistant: </s>") { Begins = true, SystemClose = "\n\n" },
        new("cohere", "<|START_OF_TURN_TOKEN|><|USER_TOKEN|>", "<|END_OF_TURN_TOKEN|>", "<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>")
        {
            Begins = true,
            SystemOpen = "<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>",
            SystemClose = "<|END_OF_TURN_TOKEN|>",
            Stop = "<|END_OF_TURN_TOKEN|>",
        },
        ChatMl("qwen") with { DefaultSystem = Helpful },
        ChatMl("qwen2.5") with { DefaultSystem = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant." },
        ChatMl("qwen3") with { DefaultSystem = Helpful },
        ChatMl("qwen3_nothink") with { DefaultSystem = Helpful, AssistantOpen = NoThought, DropsReasoning = true },
        ChatMl("qwen3_5") with { DefaultSystem = Helpful },
        ChatMl("qwen3_5_nothink") with { DefaultSystem = Helpful, AssistantOpen = NoThought, DropsReasoning = true },
    ];

    private static DialogueShape ChatMl(string name) => new(name, "<|im_start|>user\n", "<|im_end|>\n", "<|im_start|>assistant\n")
    {
        SystemOpen = "<|im_start|>system\n",
        SystemClose = "<|im_end|>\n",
        Stop = "<|im_end|>",
        Between = "\n",
        BetweenAtEnd = true,
        ToolFormat = "qwen",
    };
}
