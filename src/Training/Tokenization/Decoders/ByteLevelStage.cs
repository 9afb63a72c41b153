using System.Text;

namespace MedicalGpt.Training.Tokenization.Decoders;

/// <summary>ByteLevel: tokens in <see cref="ByteAlphabet"/> become bytes and these text. A character whose bytes are spread over tokens appears when its last byte has come; bytes that are no UTF-8 become U+FFFD.</summary>
internal sealed class ByteLevelStage(DecoderStage next) : DecoderStage(next)
{
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

    public override void Add(string piece)
    {
        var bytes = new byte[piece.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = ByteAlphabet.ToByte(piece[i]);
            if (value < 0)
            {
                bytes = Encoding.UTF8.GetBytes(piece);
                break;
            }

            bytes[i] = (byte)value;
        }

        Convert(bytes, flush: false);
    }

    public override void Finish()
    {
        Convert([], flush: true);
        base.Finish();
    }

    private void Convert(byte[] bytes, bool flush)
    {
        var characters = new char[_utf8.GetCharCount(bytes, 0, bytes.Length, flush)];
        var count = _utf8.GetChars(bytes, 0, bytes.Length, characters, 0, flush);
        if (count > 0)
            Give(new string(characters, 0, count));
    }
}
