using FarmAgent.Hardware.Gpio;

namespace FarmAgent.Boards.Inventory;

/// <summary>A GPIO line of the host that is wired to a board.</summary>
public sealed record GpioLineDescription
{
    /// <summary>Name on this board, for example <c>PG11</c>; also the line that the backend knows unless <see cref="HostLine"/> says otherwise.</summary>
    public required string Name { get; init; }

    /// <summary>The line as the backend knows it where that is not <see cref="Name"/>, for example <c>1c20800.pinctrl:203</c>; null when it is.</summary>
    public string? HostLine { get; init; }

    /// <summary>Number that the kernel's old sysfs interface gave the line, for example 203 for PG11 of an Allwinner chip; null when not told.</summary>
    public int? LegacyNumber { get; init; }

    /// <summary>What it is wired to, for a person, for example <c>PA0</c>.</summary>
    public string? WiredTo { get; init; }

    /// <summary>Which directions the wiring allows.</summary>
    public GpioLineUse Use { get; init; } = GpioLineUse.Both;

    /// <summary>Pull resistor of the line as an input.</summary>
    public GpioBias Bias { get; init; } = GpioBias.AsIs;

    /// <summary>Level that the line is driven to while nobody uses the board; null makes it an input, which drives nothing.</summary>
    public bool? SafeLevel { get; init; }
}

/// <summary>Directions that the wiring of a line allows.</summary>
public enum GpioLineUse
{
    /// <summary>Input and output.</summary>
    Both,

    /// <summary>The board drives the wire: never an output of the host.</summary>
    InputOnly,

    /// <summary>The host drives the wire.</summary>
    OutputOnly,
}
