namespace FarmAgent.Boards.Expander;

/// <summary>How one GPIO of the expander is set up.</summary>
/// <param name="Port">0 is port A, 1 is B and so on; 0xFF is none.</param>
/// <param name="Pin">Pin of the port, 0 to 15; 0xFF is none.</param>
/// <param name="Output">True for an output.</param>
/// <param name="InitialHigh">Level that an output starts with.</param>
/// <param name="Inverted">True when value and pin are opposite.</param>
public readonly record struct ExpanderConfiguration(byte Port, byte Pin, bool Output, bool InitialHigh, bool Inverted)
{
    /// <summary>Direction, initial level and inversion as the firmware's configuration register has them (bits 0, 1 and 2).</summary>
    public byte Bits => (byte)((Output ? 0x01 : 0) | (InitialHigh ? 0x02 : 0) | (Inverted ? 0x04 : 0));

    /// <summary>Name of the pin, for example <c>PA0</c>; <c>none</c> when none is given.</summary>
    public string PinName => Port < 26 && Pin < 16 ? $"P{(char)('A' + Port)}{Pin}" : "none";

    internal static ExpanderConfiguration FromRegisters(byte port, byte pin, byte bits) =>
        new(port, pin, (bits & 0x01) != 0, (bits & 0x02) != 0, (bits & 0x04) != 0);
}

/// <summary>One GPIO of the expander as read from it.</summary>
/// <param name="Index">Index, 0 to 7.</param>
/// <param name="Configuration">How it is set up.</param>
/// <param name="Value">Value: of an output as set, of an input as the pin is.</param>
public readonly record struct ExpanderGpio(int Index, ExpanderConfiguration Configuration, bool Value);
