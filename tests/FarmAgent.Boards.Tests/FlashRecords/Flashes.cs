using FarmAgent.Boards.FlashRecords;
using FarmAgent.Flashing;

namespace FarmAgent.Boards.Tests.FlashRecords;

/// <summary>Flashes that never touched a chip.</summary>
internal static class Flashes
{
    public static FlashProof Proof { get; } = new()
    {
        ReceiptId = "f-1",
        OperationId = "op-1",
        Board = "b1",
        ImageSha256 = "9f31c2d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
        FileName = "app.elf",
        ProbeSerial = "066DFF53",
        DeviceIdCode = 0x2003_6410,
        ChipUniqueId = "34FFD905434E383719670843",
        Time = new DateTimeOffset(2026, 11, 24, 14, 0, 0, TimeSpan.Zero),
    };

    public static FlashIntent Intent { get; } = new()
    {
        OperationId = "op-2",
        Board = "b1",
        ImageSha256 = "0123456789abcdef",
        FileName = "next.elf",
        Touched = [new AddressRange(0x0800_0000, 0x1000)],
        LeaseId = "l-1",
        Time = Proof.Time,
    };
}
