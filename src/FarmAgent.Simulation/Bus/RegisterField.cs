namespace FarmAgent.Simulation.Bus;

/// <summary>What software can do with a field, in the words of RM0008 section 2.1.</summary>
internal enum FieldAccess
{
    /// <summary>rw.</summary>
    ReadWrite,

    /// <summary>r: writes have no effect; the model changes it.</summary>
    ReadOnly,

    /// <summary>w: reads as 0; the write callback sees it.</summary>
    WriteOnly,

    /// <summary>rc_w1: cleared by writing 1.</summary>
    WriteOneToClear,

    /// <summary>rc_w0: cleared by writing 0.</summary>
    WriteZeroToClear,

    /// <summary>rc_r: cleared by reading.</summary>
    ReadToClear,

    /// <summary>rs: set by writing 1, only the model clears it.</summary>
    SetOnly,
}

/// <summary>One named field of a register.</summary>
/// <param name="Name">Name in the manual.</param>
/// <param name="Mask">Its bits in the register.</param>
/// <param name="Access">What software can do with it.</param>
/// <param name="Tagged">True if the twin keeps its value but models nothing behind it.</param>
internal sealed record RegisterField(string Name, uint Mask, FieldAccess Access, bool Tagged);
