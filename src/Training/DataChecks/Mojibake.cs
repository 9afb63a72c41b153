using System.Buffers;
using System.Text;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Tells wrongly decoded text by what it must look like.</summary>
internal static class Mojibake
{
    private const int Width = 12;

    /// <summary>What the bytes 0x80 to 0x9F are in Windows-1252.</summary>
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    /// <summary>First bytes of UTF-8 sequences of two and three bytes, as Latin-1 characters.</summary>
    private static readonly SearchValues<char> Leads = SearchValues.Create("ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîï");

    // What the commonest Chinese characters and marks (的 是 不 一 在 有 人 这 中 大 为 上 个 国 我 以 要 他 时 来 用 们 生 到 作 地 于 出 就 分 对 成 会 可 主 发 年 ， 。 “ ” …) become when their UTF-8 bytes are read in pairs as GBK.
    private static readonly SearchValues<char> GbkSigns = SearchValues.Create("鐨鏄涓鍦鏈浜杩澶鍥鎴浠瑕鏃鏉鐢鍒鍑鍙鍚锛銆鈥鐥璇鑳缁瀛棰妫姹绋閫娌");

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Append(0x7F).Concat(Enumerable.Range(0x80, 32).Where(c => c != 0x85)).Select(c => (char)c)]);

    /// <summary>Where a UTF-8 sequence stands that was read as Latin-1 or Windows-1252; -1 = nowhere.</summary>
    public static int AsLatin1(string text)
    {
        for (var at = text.AsSpan().IndexOfAny(Leads); at >= 0;)
        {
            if (Sequence(text, at))
                return at;
            var next = text.AsSpan(at + 1).IndexOfAny(Leads);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return -1;
    }

    /// <summary>Where text begins that looks like UTF-8 read as GBK; -1 = nowhere.</summary>
    public static int AsGbk(string text)
    {
        var lost = text.IndexOf("锟斤拷", StringComparison.Ordinal);
        if (lost >= 0)
            return lost;
        var first = text.AsSpan().IndexOfAny(GbkSigns);
        if (first < 0)
            return -1;
        var (signs, han) = (0, 0);
        foreach (var character in text)
        {
            signs += GbkSigns.Contains(character) ? 1 : 0;
            han += character is >= '\u4E00' and <= '\u9FFF' ? 1 : 0;
        }

        return signs >= 3 && signs * 12 >= han ? first : -1;
    }

    /// <summary>Where a control character stands that no text needs; -1 = nowhere.</summary>
    public static int Control(string text) => text.AsSpan().IndexOfAny(Controls);

    /// <summary>Some text around a place.</summary>
    public static string Around(string text, int at)
    {
        var (from, to) = (Math.Max(0, at - Width), Math.Min(text.Length, at + Width));
        return $"…{text[from..to].ReplaceLineEndings(" ")}…";
    }

    private static bool Sequence(string text, int at)
    {
        Span<byte> bytes = stackalloc byte[3];
        bytes[0] = (byte)text[at];
        var length = bytes[0] < 0xE0 ? 2 : 3;
        if (at + length > text.Length)
            return false;
        for (var i = 1; i < length; i++)
        {
            var continuation = text[at + i] is >= '\u0080' and <= '\u00BF' and var plain ? plain : Windows1252.IndexOf(text[at + i]) is >= 0 and var high ? 0x80 + high : 0;
            if (continuation == 0)
                return false;
            bytes[i] = (byte)continuation;
        }

        return Rune.DecodeFromUtf8(bytes[..length], out var rune, out var used) == OperationStatus.Done && used == length && IsCommon(rune.Value);
    }

    // Of two-byte sequences only letters with accents, Greek and Cyrillic count: Â followed by a sign is also what a person may write.
    private static bool IsCommon(int code) => code is (>= 0xA0 and <= 0x17F) or (>= 0x370 and <= 0x45F) or (>= 0x2010 and <= 0x203A) or (>= 0x2100 and <= 0x22FF) or (>= 0x3000 and <= 0x30FF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xFF00 and <= 0xFF5E);
}
