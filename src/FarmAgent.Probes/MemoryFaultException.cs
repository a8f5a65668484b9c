namespace FarmAgent.Probes;

/// <summary>The target's bus refused an access of the debugger (<c>MEMORY_FAULT</c>): nothing there, wrong width, or protected.</summary>
public sealed class MemoryFaultException : TargetException
{
    /// <summary>Makes the fault of one access.</summary>
    /// <param name="address">Address that faulted, as the probe reports it, else where the access began.</param>
    /// <param name="message">What was attempted, what was found, what to do next.</param>
    public MemoryFaultException(uint address, string message)
        : base("MEMORY_FAULT", message)
    {
        Address = address;
        With("address", $"0x{address:X8}");
    }

    /// <summary>Address that faulted.</summary>
    public uint Address { get; }
}
