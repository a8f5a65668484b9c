using FarmAgent.Hardware.Serial;

namespace FarmAgent.Boards.Inventory;

/// <summary>A serial console of a board.</summary>
public sealed record SerialPortDescription
{
    /// <summary>Name on this board, for example <c>console</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Path or name that the backend knows, for example <c>/dev/ttyS1</c> or <c>usart1</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Line settings.</summary>
    public SerialSettings Settings { get; init; } = SerialSettings.Default;
}
