using FarmAgent.Flashing;
using FarmAgent.Flashing.Images;
using FarmAgent.Flashing.Planning;
using FarmAgent.Flashing.Programming;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Mapping;

/// <summary>Images, plans and progress for the API, and how to flash from it.</summary>
internal static class FlashMapping
{
    public static Wire.AddressRange ToWire(this AddressRange range) => new() { Start = range.Start, Length = (uint)range.Length };

    public static AddressRange FromWire(this Wire.AddressRange range) => new(range.Start, range.Length);

    public static Wire.Image ToWire(this FirmwareImage image, string name, long fileBytes)
    {
        var wire = new Wire.Image
        {
            Name = name,
            FileName = image.Name,
            Format = image.Format switch
            {
                ImageFormat.Elf => "elf",
                ImageFormat.IntelHex => "hex",
                ImageFormat.SRecord => "srec",
                _ => "bin",
            },
            FileBytes = fileBytes,
            LoadBytes = (uint)image.ByteCount,
        };
        wire.Segments.Add(image.Segments.Select(s => s.Range.ToWire()));
        return wire;
    }

    public static Wire.FlashPlan ToWire(this FlashPlan plan)
    {
        var wire = new Wire.FlashPlan
        {
            TotalSectors = plan.Geometry.SectorCount,
            EraseSectors = plan.EraseCount,
            ProgramSectors = plan.ProgramCount,
            IdenticalSectors = plan.KeepCount,
            EraseAtOnce = plan.EraseAll,
            ProgramBytes = (uint)(plan.ProgramCount * plan.Geometry.SectorBytes),
        };
        wire.Touched.Add(plan.ChangedRanges.Select(ToWire));
        return wire;
    }

    public static Wire.FlashProgress ToWire(this FlashProgress progress) => new()
    {
        Phase = progress.Phase switch
        {
            FlashPhase.Comparing => Wire.FlashPhase.Compare,
            FlashPhase.Programming => Wire.FlashPhase.Program,
            FlashPhase.Erasing => Wire.FlashPhase.Erase,
            FlashPhase.Verifying => Wire.FlashPhase.Verify,
            _ => Wire.FlashPhase.Reset,
        },
        Done = progress.SectorsDone,
        Total = progress.SectorsTotal,
    };

    public static Wire.SectorCrc ToWire(this SectorCrc sector) =>
        new() { Address = sector.Range.Start, Length = (uint)sector.Range.Length, Crc32 = sector.Crc };

    public static Wire.OptionBytes ToWire(this OptionBytes options, IReadOnlyList<AddressRange> writeProtected)
    {
        var wire = new Wire.OptionBytes
        {
            ReadProtected = options.ReadProtected,
            HardwareWatchdog = options.HardwareWatchdog,
            ResetOnStop = options.ResetOnStop,
            ResetOnStandby = options.ResetOnStandby,
            Data0 = options.Data0,
            Data1 = options.Data1,
        };
        wire.WriteProtected.Add(writeProtected.Select(ToWire));
        return wire;
    }

    public static AcceptedLoss FromWire(this Wire.AcceptedLoss loss) => loss switch
    {
        Wire.AcceptedLoss.FlashAccess => AcceptedLoss.FlashAccess,
        Wire.AcceptedLoss.FlashContent => AcceptedLoss.FlashContent,
        _ => AcceptedLoss.None,
    };

    public static VerifyMethod FromWire(this Wire.VerifyMethod method) => method switch
    {
        Wire.VerifyMethod.Crc => VerifyMethod.Crc,
        Wire.VerifyMethod.Readback => VerifyMethod.Readback,
        _ => VerifyMethod.Auto,
    };

    public static Wire.VerifyMethod ToWire(this VerifyMethod method) =>
        method == VerifyMethod.Readback ? Wire.VerifyMethod.Readback : Wire.VerifyMethod.Crc;

    public static AfterFlash FromWire(this Wire.ResetMode mode) => mode switch
    {
        Wire.ResetMode.Halt => AfterFlash.Halt,
        Wire.ResetMode.None => AfterFlash.None,
        _ => AfterFlash.Run,
    };
}
