namespace FarmAgent.Probes.Cortex;

/// <summary>Registers of the core by their selector in DCRSR (ARMv7-M ARM section C1.6.3).</summary>
public enum CoreRegister : byte
{
    /// <summary>General register 0.</summary>
    R0 = 0,

    /// <summary>General register 1.</summary>
    R1 = 1,

    /// <summary>General register 2.</summary>
    R2 = 2,

    /// <summary>General register 3.</summary>
    R3 = 3,

    /// <summary>General register 4.</summary>
    R4 = 4,

    /// <summary>General register 5.</summary>
    R5 = 5,

    /// <summary>General register 6.</summary>
    R6 = 6,

    /// <summary>General register 7.</summary>
    R7 = 7,

    /// <summary>General register 8.</summary>
    R8 = 8,

    /// <summary>General register 9.</summary>
    R9 = 9,

    /// <summary>General register 10.</summary>
    R10 = 10,

    /// <summary>General register 11.</summary>
    R11 = 11,

    /// <summary>General register 12.</summary>
    R12 = 12,

    /// <summary>Stack pointer in use.</summary>
    Sp = 13,

    /// <summary>Link register.</summary>
    Lr = 14,

    /// <summary>Address of the next instruction.</summary>
    Pc = 15,

    /// <summary>Program status.</summary>
    Xpsr = 16,

    /// <summary>Main stack pointer.</summary>
    Msp = 17,

    /// <summary>Process stack pointer.</summary>
    Psp = 18,

    /// <summary>CONTROL, FAULTMASK, BASEPRI and PRIMASK, one byte each from the top.</summary>
    Special = 20,
}
