namespace FarmAgent.Probes.Adi;

/// <summary>Registers of the debug port (ADIv5.2 chapter B2) as far as they are needed: the recovery from sticky errors.</summary>
internal sealed class DebugPort(IDebugProbe probe)
{
    private const ushort AbortAddress = 0x0;

    /// <summary>STKCMPCLR, STKERRCLR, WDERRCLR and ORUNERRCLR of ABORT (ADIv5.2 section B2.2.1).</summary>
    private const uint ClearAllSticky = 0x1E;

    /// <summary>Clears the sticky errors, so that accesses go through again.</summary>
    public void ClearStickyErrors() => probe.WriteDapRegister(IDebugProbe.DebugPortNumber, AbortAddress, ClearAllSticky);
}
