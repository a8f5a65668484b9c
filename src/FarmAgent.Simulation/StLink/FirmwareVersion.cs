using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FarmAgent.Simulation.StLink;

/// <summary>A firmware version as ST writes it: V for the hardware, then a letter and a number for each part that the firmware has.</summary>
/// <param name="Generation">Hardware: 2, 3, or 4 for a V3PWR.</param>
/// <param name="Jtag">J: debugging by JTAG and SWD.</param>
/// <param name="Swim">S: SWIM.</param>
/// <param name="MassStorage">M: mass storage and serial port, where the probe sits on a board; null where it has neither.</param>
/// <param name="Bridge">B: bridge of a V3.</param>
/// <param name="Power">P: power part of a V3PWR.</param>
internal sealed partial record FirmwareVersion(int Generation, int Jtag, int Swim, int? MassStorage, int Bridge, int Power)
{
    /// <summary>Reads a version such as <c>V2J37S7</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FirmwareVersion? version)
    {
        version = null;
        if (Form().Match(text) is not { Success: true } match)
        {
            return false;
        }

        version = new FirmwareVersion(
            Number(match, "v"), Number(match, "j"), Number(match, "s"), match.Groups["m"].Success ? Number(match, "m") : null, Number(match, "b"), Number(match, "p"));
        return version is { Jtag: < 64, Swim: < 64, MassStorage: null or < 64 };
    }

    private static int Number(Match match, string part) =>
        match.Groups[part] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^V(?<v>[234])J(?<j>\d{1,2})(M(?<m>\d{1,2}))?(B(?<b>\d{1,2}))?(S(?<s>\d{1,2}))?(P(?<p>\d{1,2}))?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
