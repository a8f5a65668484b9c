using FarmAgent.Flashing.Planning;
using FarmAgent.Hardware;
using FarmAgent.Probes;
using FarmAgent.Probes.Cortex;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Flashing.Targets;

/// <summary>The chips that are known, and the check that the connected one is what it should be.</summary>
public sealed class TargetRegistry
{
    private const int UniqueIdLength = 12;

    /// <summary>The family that other makers copy, which identify themselves as it.</summary>
    private const string CopiedFamily = "STM32F1";

    private TargetRegistry(IReadOnlyList<TargetDescription> all) => All = all;

    /// <summary>The chips that this program knows.</summary>
    public static TargetRegistry BuiltIn { get; } = new(
    [
        .. new[] { "f1", "f0", "f2", "f3", "f4", "f7", "l0", "l1", "l4", "l5", "g0", "g4", "h5", "u5", "wb", "wl", "c0" }
            .SelectMany(family => TargetFile.Load($"FarmAgent.Flashing.Targets.stm32{family}.json")),
    ]);

    /// <summary>All kinds of chips.</summary>
    public IReadOnlyList<TargetDescription> All { get; }

    /// <summary>Refuses a part number that no kind of chip comprises.</summary>
    /// <param name="partNumber">For example <c>STM32F103C8T6</c>.</param>
    /// <exception cref="RequestException">Not known (<c>CHIP_NAME_UNKNOWN</c>).</exception>
    public void RequirePart(string partNumber) => Find(PartNumber.Parse(partNumber));

    /// <summary>Identifies the connected chip by its device number, its core and its flash size.</summary>
    /// <param name="session">Session with the chip.</param>
    /// <param name="expectedPart">Part number that the board should carry, or null to accept every known chip.</param>
    /// <param name="flashKiB">Flash size to use instead of what the chip says, or null.</param>
    /// <exception cref="TargetException">Not a chip that is known, or not the expected one (<c>CHIP_UNKNOWN</c>, <c>CHIP_MISMATCH</c>).</exception>
    /// <exception cref="RequestException">The expected part is not known (<c>CHIP_NAME_UNKNOWN</c>).</exception>
    public FlashTarget Identify(DebugSession session, string? expectedPart, int? flashKiB = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        try
        {
            return IdentifyOnce(session, expectedPart, flashKiB);
        }
        catch (TargetException)
        {
            // A chip must not be refused for a reply that belonged to another command.
            if (!session.Probe.Resynchronise())
            {
                throw;
            }
        }

        session.IdentifyAgain();
        return IdentifyOnce(session, expectedPart, flashKiB);
    }

    private FlashTarget IdentifyOnce(DebugSession session, string? expectedPart, int? flashKiB)
    {
        var part = expectedPart is null ? null : PartNumber.Parse(expectedPart);
        var expected = part is null ? null : Find(part);
        var description = All.FirstOrDefault(d => Matches(d, session.Identity)) ?? throw Unknown(session.Identity, part, expected);
        if (part is not null && !part.IsOneOf(description))
        {
            throw Mismatch(part, $"{expected!.Name} (device 0x{expected.DeviceId:X3})", $"{description.Name} (device 0x{description.DeviceId:X3})");
        }

        List<string> warnings = description.Family == CopiedFamily ? [.. ChipCopies.Warnings(session.Identity)] : [];

        var size = flashKiB ?? ReadFlashKiB(session.Memory, description, part, warnings);
        if (flashKiB is null && part is not null && size != part.FlashKiB)
        {
            throw Mismatch(part, $"{part.FlashKiB} KiB of flash", $"{size} KiB");
        }

        return new FlashTarget
        {
            Description = description,
            Identity = session.Identity,
            Geometry = new FlashGeometry(description.FlashBase, size * 1024, description.SectorBytes),
            UniqueId = ReadUniqueId(session.Memory, description),
            Warnings = warnings,
        };
    }

    /// <summary>Reads the unique id of the connected chip; one read.</summary>
    /// <param name="session">Session with the chip.</param>
    /// <returns>24 hex digits; null for a kind that is not known or has none.</returns>
    public string? FindUniqueId(DebugSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return All.FirstOrDefault(d => Matches(d, session.Identity)) is { } description && ReadUniqueId(session.Memory, description) is { Length: > 0 } id ? id : null;
    }

    private static bool Matches(TargetDescription description, TargetIdentity identity) =>
        description.DeviceId == identity.DeviceId && description.CorePart == identity.CorePart;

    private static int ReadFlashKiB(IMemoryAccess memory, TargetDescription description, PartNumber? part, List<string> warnings)
    {
        // Copies keep their RAM size in the upper half of this word; only the lower half is the flash.
        var aligned = description.FlashSizeAddress & ~3u;
        var size = (int)((memory.ReadWord(aligned) >> (int)((description.FlashSizeAddress - aligned) * 8)) & 0xFFFF);
        size = size < description.FlashSizeCodesKiB.Count ? description.FlashSizeCodesKiB[size] : size;
        if (size is not (0 or 0xFFFF) && size <= description.LargestFlashKiB && size * 1024 % description.SectorBytes == 0)
        {
            return size;
        }

        var assumed = part?.FlashKiB ?? description.LargestFlashKiB;
        warnings.Add(
            $"The flash size register reads 0x{size:X4}, which is no size: {assumed} KiB is assumed, "
            + (part is null ? "the largest of this kind. Name the chip or give the size." : $"as {part.Text} has."));
        return assumed;
    }

    private static string ReadUniqueId(IMemoryAccess memory, TargetDescription description)
    {
        try
        {
            Span<byte> id = stackalloc byte[UniqueIdLength];
            memory.Read(description.UniqueIdAddress, id);
            return Convert.ToHexString(id);
        }
        catch (MemoryFaultException)
        {
            return string.Empty;
        }
    }

    private static TargetException Mismatch(PartNumber part, string expected, string actual)
    {
        var exception = new TargetException(
            "CHIP_MISMATCH",
            $"The board should carry a {part.Text}: expected {expected}, found {actual}. Nothing was written. "
            + "Check which board the probe is wired to, or correct the chip in the board's description.");
        exception.With("expected", expected).With("actual", actual);
        return exception;
    }

    private TargetDescription Find(PartNumber part) =>
        All.FirstOrDefault(part.IsOneOf) ?? throw new RequestException(
            "CHIP_NAME_UNKNOWN",
            $"'{part.Text}' is no chip that is known. Check its line and its flash size letter, for example STM32F103C8.");

    private TargetException Unknown(TargetIdentity identity, PartNumber? part, TargetDescription? expected)
    {
        if (part is not null && expected is not null)
        {
            return Mismatch(part, $"core 0x{expected.CorePart:X3}, device 0x{expected.DeviceId:X3}", identity.ToString());
        }

        var other = All.FirstOrDefault(d => d.DeviceId == identity.DeviceId);
        var exception = new TargetException(
            "CHIP_UNKNOWN",
            $"The chip is not known: {identity}. "
            + (other is null
                ? $"None of the {All.Count} known kinds has this device number. "
                : $"The device number is that of {other.Name}, whose core has the part number 0x{other.CorePart:X3}. ")
            + (identity.DeviceId == 0 ? "A device number of 0 means a copy, a protected chip, or no STM32. " : string.Empty)
            + "Nothing was written. Check which board the probe is wired to.");
        exception.With("device_id", $"0x{identity.DeviceId:X3}").With("cpu_id", $"0x{identity.CpuId:X8}");
        return exception;
    }
}
