using System.Buffers.Binary;

namespace FarmAgent.Simulation.Tests.Mcu;

/// <summary>
/// A few instructions in the chip's own flash, run from reset: what a controller does to firmware shows only there. HardFault leaves CFSR in the
/// first word of SRAM.
/// </summary>
internal sealed class CoreProgram : IDisposable
{
    public const uint FaultStatus = 0x2000_0000;
    public const uint Result = 0x2000_0004;

    private const int HandlerAt = 0x40;

    // ldr r0, =0xE000ED28; ldr r1, [r0]; mov r0, #0x20000000; str r1, [r0]; b .
    private const string Handler = "024801684ff000500160fee728ed00e0";

    /// <summary>Puts code at an offset of the flash and lets the core run from there.</summary>
    public CoreProgram(string code, int at)
    {
        var image = new byte[0x800];
        image.AsSpan().Fill(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(image, 0x2000_1000);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(4), 0x0800_0001 | (uint)at);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(12), 0x0800_0001 | HandlerAt);
        Convert.FromHexString(Handler).CopyTo(image, HandlerAt);
        Convert.FromHexString(code).CopyTo(image, at);
        Flash.Chip.Chip.Flash.Preload(image);
        Flash.Chip.PulseReset(() =>
        {
            Write(FaultStatus, 0);
            Write(Result, 0);
        });
    }

    public FlashBench Flash { get; } = new();

    public uint Read(uint address) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(address));

    public void Run(double milliseconds) => Flash.Chip.Advance(TimeSpan.FromMilliseconds(milliseconds));

    public void Dispose() => Flash.Dispose();

    private void Write(uint address, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Bytes(address), value);

    /// <summary>SRAM as it is, without a debugger: read protection would notice one.</summary>
    private Span<byte> Bytes(uint address) => Flash.Chip.Chip.Bus.Find(address)!.Memory!.Bytes.AsSpan((int)(address - 0x2000_0000));
}
