namespace MedicalGpt.Host.Commands.Components;

/// <summary>How a line looks on a terminal that knows colours; the numbers are the terminal's (SGR).</summary>
internal enum LineStyle
{
    /// <summary>As it is.</summary>
    Plain = 0,

    /// <summary>Bold.</summary>
    Strong = 1,

    /// <summary>Yellow: something to look at.</summary>
    Warning = 33,

    /// <summary>Grey: of little interest.</summary>
    Faint = 90,
}
