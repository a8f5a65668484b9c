using FarmAgent.Probes;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.TestKit.Probes;

/// <summary>A probe whose writes of ranges a test may look at, change, or refuse; everything else passes through.</summary>
public sealed class TamperedProbe(IDebugProbe inner) : IDebugProbe, IMemoryAccess
{
    /// <summary>Called with each range before it is written; may change the bytes or throw.</summary>
    public Action<uint, byte[]> OnWrite { get; set; } = (_, _) => { };

    public ProbeInfo Info => inner.Info;

    public string Firmware => inner.Firmware;

    public long CommandsSent => inner.CommandsSent;

    public ProbeCapabilities Capabilities => inner.Capabilities;

    public int SwdKilohertz => inner.SwdKilohertz;

    public IMemoryAccess Memory => this;

    public bool Resynchronise() => inner.Resynchronise();

    public double? ReadTargetVolts() => inner.ReadTargetVolts();

    public int SetSwdKilohertz(int kilohertz) => inner.SetSwdKilohertz(kilohertz);

    public void EnterSwd() => inner.EnterSwd();

    public void LeaveSwd() => inner.LeaveSwd();

    public void DriveReset(bool low) => inner.DriveReset(low);

    public uint ReadDebugPortId() => inner.ReadDebugPortId();

    public uint ReadCoreRegister(CoreRegister register) => inner.ReadCoreRegister(register);

    public void WriteCoreRegister(CoreRegister register, uint value) => inner.WriteCoreRegister(register, value);

    public uint ReadDapRegister(ushort port, ushort address) => inner.ReadDapRegister(port, address);

    public void WriteDapRegister(ushort port, ushort address, uint value) => inner.WriteDapRegister(port, address, value);

    public uint ReadWord(uint address) => inner.Memory.ReadWord(address);

    public void WriteWord(uint address, uint value) => inner.Memory.WriteWord(address, value);

    public ushort ReadHalfWord(uint address) => inner.Memory.ReadHalfWord(address);

    public void WriteHalfWord(uint address, ushort value) => inner.Memory.WriteHalfWord(address, value);

    public void Read(uint address, Span<byte> buffer) => inner.Memory.Read(address, buffer);

    public void Write(uint address, ReadOnlySpan<byte> data)
    {
        var changed = data.ToArray();
        OnWrite(address, changed);
        inner.Memory.Write(address, changed);
    }

    public uint[] Access(params ReadOnlySpan<WordAccess> accesses) => inner.Memory.Access(accesses);

    public void Dispose() => inner.Dispose();
}
