namespace MedicalGpt.DataChecks.Tests;

public sealed class PersonalDataTests
{
    // 11010519491231002X is the example of GB 11643-1999; 440524188001010014 that of its other edition. Check digits by hand: Σ digit × weight mod 11 = 2 gives X, and 8 gives 4.
    [Theory]
    [InlineData("身份证号11010519491231002X，请核对", PersonalDataKind.ChineseId, "11010519491231002X")]
    [InlineData("ID: 440524188001010014.", PersonalDataKind.ChineseId, "440524188001010014")]
    [InlineData("身份证１１０１０５１９４９１２３１００２X", PersonalDataKind.ChineseId, "１１０１０５１９４９１２３１００２X")]
    [InlineData("电话13812345678。", PersonalDataKind.Phone, "13812345678")]
    [InlineData("手机：+86 138-1234-5678", PersonalDataKind.Phone, "+86 138-1234-5678")]
    [InlineData("tel+8613912345678", PersonalDataKind.Phone, "+8613912345678")]
    [InlineData("Tel+86 139 1234 5678", PersonalDataKind.Phone, "+86 139 1234 5678")]
    [InlineData("x13812345678", PersonalDataKind.Phone, "13812345678")]
    [InlineData("联系人wx13812345678。", PersonalDataKind.Phone, "13812345678")]
    [InlineData("Mobile=13812345678", PersonalDataKind.Phone, "13812345678")]
    [InlineData("手机/13812345678", PersonalDataKind.Phone, "13812345678")]
    [InlineData("fax=010-62345678", PersonalDataKind.Phone, "010-62345678")]
    [InlineData("id=11010519491231002X", PersonalDataKind.ChineseId, "11010519491231002X")]
    [InlineData("call +13912345678", PersonalDataKind.Phone, "13912345678")]
    [InlineData("tel010-62345678", PersonalDataKind.Phone, "010-62345678")]
    [InlineData("tel+1-415-867-5309", PersonalDataKind.Phone, "+1-415-867-5309")]
    [InlineData("ID11010519491231002X", PersonalDataKind.ChineseId, "11010519491231002X")]
    [InlineData("zhang13812345678@hospital.com.cn", PersonalDataKind.Email, "zhang13812345678@hospital.com.cn")]
    [InlineData("请拨打010-62345678咨询", PersonalDataKind.Phone, "010-62345678")]
    [InlineData("call (415) 867-5309 today", PersonalDataKind.Phone, "(415) 867-5309")]
    [InlineData("写信到 zhang.wei@hospital.com.cn 即可", PersonalDataKind.Email, "zhang.wei@hospital.com.cn")]
    [InlineData("住院号：ZY20230012", PersonalDataKind.RecordNumber, "ZY20230012")]
    [InlineData("Patient, MRN 00482913, admitted", PersonalDataKind.RecordNumber, "00482913")]
    [InlineData("{\"mrn\": \"00482913\"}", PersonalDataKind.RecordNumber, "00482913")]
    [InlineData("patient_id=P-104482", PersonalDataKind.RecordNumber, "P-104482")]
    [InlineData("medical record number: 77-12345", PersonalDataKind.RecordNumber, "77-12345")]
    [InlineData("SSN 536-22-8145", PersonalDataKind.SocialSecurity, "536-22-8145")]
    public void It_is_found(string text, PersonalDataKind kind, string found)
    {
        var span = PersonalDataScanner.Find(text).ShouldHaveSingleItem();
        span.Kind.ShouldBe(kind);
        text.Substring(span.Start, span.Length).ShouldBe(found);
    }

    [Theory]
    [InlineData("110105194912310021")] // wrong check digit
    [InlineData("990105194912310020")] // no such province
    [InlineData("11010519491331002X")] // no 13th month
    [InlineData("血压 120-80 mmHg，心率 72 次/分")]
    [InlineData("WBC 5.0×109/L, N 78 %")]
    [InlineData("ClinicalTrials.gov NCT01234567890")]
    [InlineData("doi 10.1016/13812345678")]
    [InlineData("a million is 1000000, ten are 10000000")]
    [InlineData("2023-05-17 to 2024-01-02")]
    [InlineData("000-12-3456 or 666-12-3456 or 123-00-4567")]
    [InlineData("call 415-555-0123, a number for films")]
    [InlineData("nobody@example.com")]
    [InlineData("the MRN of the ward")]
    [InlineData("x = 13812345678.55")]
    [InlineData("9f3a13812345678")] // letters that belong to a number
    [InlineData("sha256:ab12cd13812345678")]
    [InlineData("a13812345678b, 13812345678901, x138123456789")] // inside longer ones
    [InlineData("tel+86138123456789")]
    [InlineData("https://a.org/x13812345678 and ?id=a13812345678")]
    [InlineData("3+138123456789 and ENSG00000139618")]
    [InlineData("order_x13812345678 and SN-x13812345678")]
    public void What_is_none_is_not_found(string text) => PersonalDataScanner.Find(text).ShouldBeEmpty();

    [Fact]
    public void Masking_leaves_the_rest_alone() =>
        PersonalDataMask.Mask("张三，身份证11010519491231002X，电话13812345678，邮箱a.b@c.org。")
            .ShouldBe("张三，身份证[ID NUMBER]，电话[PHONE]，邮箱[EMAIL]。");

    [Fact]
    public void Masked_rows_have_none_left()
    {
        var row = new Conversation([new Message(Roles.User, "13812345678") { Name = "tel13812345678" }, new Message(Roles.Assistant, "") { ToolCallsJson = "[{\"function\":{\"arguments\":\"13912345678\"}}]" }]) { ToolsJson = "[]", Origin = new RowOrigin("a", 3) };
        var masked = PersonalDataMask.Mask(row).ShouldBeOfType<Conversation>();
        masked.Messages[0].ShouldBe(new Message(Roles.User, "[PHONE]") { Name = "tel[PHONE]" });
        masked.Messages[1].ToolCallsJson.ShouldBe("[{\"function\":{\"arguments\":\"[PHONE]\"}}]");
        (masked.ToolsJson, masked.Origin).ShouldBe((row.ToolsJson, row.Origin));
    }

    [Theory]
    [InlineData("""[{"function":{"name":"call","arguments":{"to": 13812345678, "dose": 2.50, "n": 1e3}}}]""", """[{"function":{"name":"call","arguments":{"to": "[PHONE]", "dose": 2.50, "n": 1e3}}}]""")] // all of a number: the mark as a string
    [InlineData("""[{"function":{"arguments":{"size":13812345678.5,"at":-13812345678}}}]""", null)]
    [InlineData("""[{"function":{"arguments":"{\"to\": 13812345678, \"dose\": 2.50}"}}]""", """[{"function":{"arguments":"{\"to\": \"[PHONE]\", \"dose\": 2.50}"}}]""")] // arguments as text that is JSON
    [InlineData("""[{"function":{"arguments":"{\"note\": \"\\n13812345678 \\\"家\\\"\"}"}}]""", """[{"function":{"arguments":"{\"note\": \"\\n[PHONE] \\\"家\\\"\"}"}}]""")]
    [InlineData("""[{"function":{"arguments":{"list":["a@b.org",[440524188001010014]]}}}]""", """[{"function":{"arguments":{"list":["[EMAIL]",["[ID NUMBER]"]]}}}]""")]
    [InlineData("""[{"function":{"arguments":{"13812345678":"a"}}}]""", null)] // names of parameters stay
    [InlineData("""[{"id":"13812345678","function":{"arguments":{"id":"13812345678"}}}]""", """[{"id":"13812345678","function":{"arguments":{"id":"[PHONE]"}}}]""")]
    [InlineData("""[{"function":{"arguments":"\u7535\u8bdd13812345678"}}]""", """[{"function":{"arguments":"电话[PHONE]"}}]""")]
    [InlineData("""[{"function":{"arguments":"\ud800 13812345678"}}]""", """[{"function":{"arguments":"\ud800 [PHONE]"}}]""")] // half of a pair: masked as it is written
    public void Calls_stay_json(string calls, string? expected)
    {
        var row = new Conversation([new Message(Roles.Assistant, "") { ToolCallsJson = calls }, new Message(Roles.Tool, "ok") { ToolCallId = "13812345678" }]);
        var masked = PersonalDataMask.Mask(row).ShouldBeOfType<Conversation>().Messages;
        masked[0].ToolCallsJson.ShouldBe(expected ?? calls);
        masked[1].ToolCallId.ShouldBe("13812345678");
    }

    [Theory]
    [InlineData("""{"phone": 13812345678, "beds": 12}""", """{"phone": "[PHONE]", "beds": 12}""")]
    [InlineData("""{"mrn": "00482913", "medical_record_number": 7712345, "ward": "12", "mrns": 4}""", """{"mrn": "[RECORD NUMBER]", "medical_record_number": "[RECORD NUMBER]", "ward": "12", "mrns": 4}""")]
    [InlineData("""{"病历号": "ZY20230012", "MRN": "not known", "n": "00482913"}""", """{"病历号": "[RECORD NUMBER]", "MRN": "not known", "n": "00482913"}""")]
    [InlineData("""{"13812345678": true}""", """{"[PHONE]": true}""")]
    [InlineData("[1] 电话13812345678", "[1] 电话[PHONE]")]
    [InlineData("{13812345678}", "{[PHONE]}")]
    public void Texts_that_are_json_stay_json(string text, string expected) => PersonalDataMask.Mask(text).ShouldBe(expected);

    [Fact]
    public void Tools_are_masked_in_every_kind_of_row()
    {
        const string Tools = """[{"function":{"name":"dial","description":"Reaches 13812345678","parameters":{"maximum":20000000000}}}]""";
        Message[] asked = [new Message(Roles.User, "q")], answer = [new Message(Roles.Assistant, "a")];
        Example[] rows = [new Conversation(asked) { ToolsJson = Tools }, new PreferencePair(asked, answer, answer) { ToolsJson = Tools }, new UnpairedExample(asked, answer, true) { ToolsJson = Tools }, new Prompt(asked, new Dictionary<string, string>()) { ToolsJson = Tools }];
        foreach (var row in rows)
        {
            Rows.Check([row]).Find("phone_numbers")!.First[0].ToString().ShouldContain("tools, character 52");
            PersonalDataMask.Mask(row).GetType().GetProperty("ToolsJson")!.GetValue(PersonalDataMask.Mask(row)).ShouldBe(Tools.Replace("13812345678", "[PHONE]", StringComparison.Ordinal));
            Rows.Check([PersonalDataMask.Mask(row)]).Find("phone_numbers").ShouldBeNull();
        }
    }

    [Fact]
    public void Names_of_speakers_are_found() =>
        Rows.Check([new Conversation([new Message(Roles.User, "q") { Name = "13812345678" }, new Message(Roles.Assistant, "a")])]).Find("phone_numbers")!.First[0].ToString().ShouldContain("turn 1 (user), name, character 1");

    [Fact]
    public void Names_of_speakers_in_answers_are_found_and_masked()
    {
        Message[] asked = [new Message(Roles.User, "q")], named = [new Message(Roles.Assistant, "a") { Name = "tel13812345678" }], plain = [new Message(Roles.Assistant, "b")];
        foreach (var (row, place) in new (Example, string)[] { (new PreferencePair(asked, named, plain), "chosen, turn 1"), (new PreferencePair(asked, plain, named), "rejected, turn 1"), (new UnpairedExample(asked, named, true), "completion, turn 1") })
        {
            Rows.Check([row]).Find("phone_numbers")!.First[0].ToString().ShouldContain(place + " (assistant), name, character 4");
            Rows.Check([PersonalDataMask.Mask(row)]).Find("phone_numbers").ShouldBeNull();
        }
    }

    [Fact]
    public void A_finding_names_the_place_and_does_not_repeat_the_number()
    {
        var finding = Rows.Check([Rows.Dialogue("电话？", "请打13812345678", 7)]).Find("phone_numbers")!;
        finding.First[0].ToString().ShouldBe("a.jsonl:7 (turn 2 (assistant), character 3)");
        string.Join('\n', finding.Lines()).ShouldNotContain("1381234");
    }
}
