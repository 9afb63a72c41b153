using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using MedicalGpt.Datasets.Parquet.Encodings;
using MedicalGpt.Datasets.Parquet.Schema;

namespace MedicalGpt.Datasets.Parquet.Values;

/// <summary>Writes values as JSON.</summary>
internal static class ValueWriter
{
    /// <summary>Long texts are escaped piece by piece: the writer takes six times a piece's length.</summary>
    private const int Piece = 1 << 16;

    /// <summary>Writes a value of a column.</summary>
    public static void Write(LeafColumn column, in RawValue value, Utf8JsonWriter writer)
    {
        if (value.Bytes.Length > RowAssembler.RowLimit)
            throw RowAssembler.TooLarge();
        switch (column.Meaning.Kind)
        {
            case ValueKind.Boolean:
                writer.WriteBooleanValue(value.Number != 0);
                break;
            case ValueKind.Integer:
                writer.WriteNumberValue(value.Number);
                break;
            case ValueKind.Unsigned32:
                writer.WriteNumberValue((uint)value.Number);
                break;
            case ValueKind.Unsigned64:
                writer.WriteNumberValue((ulong)value.Number);
                break;
            case ValueKind.Half:
                WriteDouble((double)BinaryPrimitives.ReadHalfLittleEndian(Fixed(value.Bytes, 2)), writer);
                break;
            case ValueKind.Single:
                WriteDouble(BitConverter.Int32BitsToSingle((int)value.Number), writer);
                break;
            case ValueKind.Double:
                WriteDouble(BitConverter.Int64BitsToDouble(value.Number), writer);
                break;
            case ValueKind.Decimal:
                writer.WriteRawValue(column.IsNumber ? DecimalText.Format(value.Number, column.Meaning.Scale) : DecimalText.Format(value.Bytes, column.Meaning.Scale), skipInputValidation: true);
                break;
            case ValueKind.Text:
                WriteText(value.Bytes, writer);
                break;
            case ValueKind.Bytes:
                writer.WriteBase64StringValue(value.Bytes);
                break;
            case ValueKind.Uuid:
                writer.WriteStringValue(new Guid(Fixed(value.Bytes, 16), bigEndian: true));
                break;
            case ValueKind.Null:
                writer.WriteNullValue();
                break;
            case ValueKind.Interval:
                WriteInterval(Fixed(value.Bytes, 12), writer);
                break;
            default:
                WriteTemporal(column.Meaning, value, writer);
                break;
        }
    }

    private static void WriteTemporal(LogicalType meaning, in RawValue value, Utf8JsonWriter writer)
    {
        Span<byte> text = stackalloc byte[TemporalText.Room];
        var length = meaning.Kind switch
        {
            ValueKind.Date => TemporalText.Date(value.Number, text),
            ValueKind.Time => TemporalText.Time(value.Number, meaning.Unit, text),
            ValueKind.Timestamp => TemporalText.Timestamp(value.Number, meaning.Unit, meaning.Utc, text),
            _ => TemporalText.JulianTimestamp(BinaryPrimitives.ReadInt32LittleEndian(Fixed(value.Bytes, 12)[8..]), BinaryPrimitives.ReadInt64LittleEndian(value.Bytes), text),
        };
        writer.WriteStringValue(text[..length]);
    }

    /// <summary>JSON has no numbers for what is not finite: they become the texts NaN, Infinity and -Infinity.</summary>
    private static void WriteDouble(double value, Utf8JsonWriter writer)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteText(ReadOnlySpan<byte> text, Utf8JsonWriter writer)
    {
        if (!Utf8.IsValid(text))
            throw new ParquetException("a value is marked as text, but is not UTF-8", "write the column as UTF-8 text, or as bytes without that mark");
        if (text.Length <= Piece)
        {
            writer.WriteStringValue(text);
            return;
        }

        for (; text.Length > Piece; text = text[Piece..])
            writer.WriteStringValueSegment(text[..Piece], isFinalSegment: false);
        writer.WriteStringValueSegment(text, isFinalSegment: true);
    }

    private static void WriteInterval(ReadOnlySpan<byte> interval, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("months"u8, BinaryPrimitives.ReadUInt32LittleEndian(interval));
        writer.WriteNumber("days"u8, BinaryPrimitives.ReadUInt32LittleEndian(interval[4..]));
        writer.WriteNumber("milliseconds"u8, BinaryPrimitives.ReadUInt32LittleEndian(interval[8..]));
        writer.WriteEndObject();
    }

    /// <summary>Some encodings could hold other lengths than the type has.</summary>
    private static ReadOnlySpan<byte> Fixed(ReadOnlySpan<byte> bytes, int length) =>
        bytes.Length == length ? bytes : throw new ParquetException($"a value has {bytes.Length} bytes instead of {length}");
}
