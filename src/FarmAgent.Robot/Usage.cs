using FarmAgent.Robot.Settings;

namespace FarmAgent.Robot;

/// <summary>The help text.</summary>
internal static class Usage
{
    public static string Text => "Usage: robot [options] paths\n\nRuns Robot Framework suites natively. Options (short names in front):\n"
        + string.Concat(OptionTable.All.Select(option =>
            $"  {string.Concat(option.Short.Select(letter => $"-{letter} "))}--{option.Name}{(option.TakesValue ? " value" : "")}\n"));
}
