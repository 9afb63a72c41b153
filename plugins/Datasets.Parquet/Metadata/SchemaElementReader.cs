using MedicalGpt.Datasets.Parquet.Values;

namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>Reads <c>SchemaElement</c> and <c>LogicalType</c> of parquet.thrift.</summary>
internal static class SchemaElementReader
{
    public static SchemaElement Read(ref ThriftReader reader)
    {
        var element = new SchemaElement("");
        int? converted = null;
        int scale = 0, id = 0;
        while (reader.NextField(ref id, out var type))
            switch (id)
            {
                case 1:
                    element = element with { Type = Physical(reader.Int32(type)) };
                    break;
                case 2:
                    element = element with { TypeLength = reader.Int32(type) };
                    break;
                case 3:
                    element = element with { Repetition = Repeats(reader.Int32(type)) };
                    break;
                case 4:
                    element = element with { Name = reader.Text(type) };
                    break;
                case 5:
                    element = element with { Children = reader.Int32(type) };
                    break;
                case 6:
                    converted = reader.Int32(type);
                    break;
                case 7:
                    scale = reader.Int32(type);
                    break;
                case 10:
                    ThriftReader.RequireStruct(type);
                    element = element with { Logical = ReadLogical(ref reader) };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }

        return converted is { } code ? element with { Converted = Converted(code, scale) } : element;
    }

    private static PhysicalType Physical(int type) => type is >= 0 and <= 7 ? (PhysicalType)type : throw new ParquetException($"there is no physical type {type}");

    private static Repetition Repeats(int repetition) => repetition is >= 0 and <= 2 ? (Repetition)repetition : throw new ParquetException($"there is no repetition {repetition}");

    private static LogicalType? Converted(int code, int scale) => code switch
    {
        0 or 4 or 19 => new LogicalType(ValueKind.Text), // UTF8, ENUM, JSON
        1 or 2 => new LogicalType(ValueKind.Bytes) { IsMap = true },
        3 => new LogicalType(ValueKind.Bytes) { IsList = true },
        5 => new LogicalType(ValueKind.Decimal) { Scale = scale },
        6 => new LogicalType(ValueKind.Date),
        7 => new LogicalType(ValueKind.Time) { Unit = TimeUnit.Milliseconds },
        8 => new LogicalType(ValueKind.Time) { Unit = TimeUnit.Microseconds },
        9 => new LogicalType(ValueKind.Timestamp) { Unit = TimeUnit.Milliseconds, Utc = true },
        10 => new LogicalType(ValueKind.Timestamp) { Unit = TimeUnit.Microseconds, Utc = true },
        >= 11 and <= 13 => new LogicalType(ValueKind.Unsigned32),
        14 => new LogicalType(ValueKind.Unsigned64),
        >= 15 and <= 18 => new LogicalType(ValueKind.Integer),
        21 => new LogicalType(ValueKind.Interval),
        _ => null,
    };

    /// <summary>A union: one field, whose number says which.</summary>
    private static LogicalType? ReadLogical(ref ThriftReader reader)
    {
        LogicalType? logical = null;
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            ThriftReader.RequireStruct(type);
            switch (id)
            {
                case 5:
                    logical = ReadDecimal(ref reader);
                    break;
                case 7 or 8:
                    logical = ReadTime(ref reader, id == 7 ? ValueKind.Time : ValueKind.Timestamp);
                    break;
                case 10:
                    logical = ReadInteger(ref reader);
                    break;
                default:
                    logical = Plain(id);
                    reader.Skip(type);
                    break;
            }
        }

        return logical;
    }

    private static LogicalType? Plain(int id) => id switch
    {
        1 or 4 or 12 => new LogicalType(ValueKind.Text), // STRING, ENUM, JSON
        2 => new LogicalType(ValueKind.Bytes) { IsMap = true },
        3 => new LogicalType(ValueKind.Bytes) { IsList = true },
        6 => new LogicalType(ValueKind.Date),
        11 => new LogicalType(ValueKind.Null),
        14 => new LogicalType(ValueKind.Uuid),
        15 => new LogicalType(ValueKind.Half),
        _ => null,
    };

    private static LogicalType ReadDecimal(ref ThriftReader reader)
    {
        int scale = 0, id = 0;
        while (reader.NextField(ref id, out var type))
            if (id == 1)
                scale = reader.Int32(type);
            else
                reader.Skip(type);
        return new LogicalType(ValueKind.Decimal) { Scale = scale };
    }

    private static LogicalType? ReadTime(ref ThriftReader reader, ValueKind kind)
    {
        var utc = false;
        TimeUnit? unit = null;
        var id = 0;
        while (reader.NextField(ref id, out var type))
            if (id == 1)
                utc = ThriftReader.Boolean(type);
            else if (id == 2)
                unit = ReadUnit(ref reader, type);
            else
                reader.Skip(type);
        return unit is { } known ? new LogicalType(kind) { Utc = utc, Unit = known } : null;
    }

    private static TimeUnit? ReadUnit(ref ThriftReader reader, ThriftType field)
    {
        ThriftReader.RequireStruct(field);
        TimeUnit? unit = null;
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            unit = id switch { 1 => TimeUnit.Milliseconds, 2 => TimeUnit.Microseconds, 3 => TimeUnit.Nanoseconds, _ => null };
            reader.Skip(type);
        }

        return unit;
    }

    private static LogicalType ReadInteger(ref ThriftReader reader)
    {
        int bits = 32, id = 0;
        var signed = true;
        while (reader.NextField(ref id, out var type))
            if (id == 1)
                bits = reader.Int32(type);
            else if (id == 2)
                signed = ThriftReader.Boolean(type);
            else
                reader.Skip(type);
        return new LogicalType(signed ? ValueKind.Integer : bits == 64 ? ValueKind.Unsigned64 : ValueKind.Unsigned32);
    }
}
