using FarmAgent.Api.V1;

namespace FarmAgent.Cli.Rendering;

/// <summary>Plans, receipts and ranges in one line each.</summary>
internal static class FlashText
{
    public static string Ranges(IEnumerable<AddressRange> ranges) =>
        string.Join(", ", ranges.Select(range => $"0x{range.Start:X8}..0x{range.Start + range.Length - 1:X8}"));

    public static string Plan(FlashPlan plan) => plan.ProgramSectors == 0 && plan.EraseSectors == 0
        ? $"identical to what is on the chip · {plan.IdenticalSectors} of {plan.TotalSectors} pages compared"
        : $"erase {plan.EraseSectors} of {plan.TotalSectors} pages{(plan.EraseAtOnce ? " at once" : "")} · program {plan.ProgramSectors} · keep {plan.TotalSectors - Math.Max(plan.EraseSectors, plan.ProgramSectors)}";

    public static string Done(FlashReceipt receipt)
    {
        var time = DurationText.Format(receipt.BenchDuration.ToTimeSpan()) + (receipt.Virtual ? " virtual" : "");
        var verified = receipt.VerifyMethod == VerifyMethod.Readback ? "read back and compared" : "verified by CRC on the chip";
        return $"{time} · {receipt.ProbeCommands:N0} USB commands · {verified}";
    }

    public static string Digest(string image)
    {
        var digest = image.StartsWith("images/", StringComparison.Ordinal) ? image["images/".Length..] : image;
        return digest.Length > 16 ? $"{digest[..11]}…{digest[^2..]}" : digest;
    }

    public static string ReceiptId(string name) => name.StartsWith("receipts/", StringComparison.Ordinal) ? name["receipts/".Length..] : name;
}
