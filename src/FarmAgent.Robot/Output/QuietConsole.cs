using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>Shows only warnings, errors and what keywords write.</summary>
internal sealed class QuietConsole(ConsoleStreams streams) : ConsoleWriter(streams)
{
    public override void ResultFile(string kind, string path)
    {
    }
}

/// <summary>Shows nothing but what keywords write.</summary>
internal sealed class SilentConsole(ConsoleStreams streams) : ConsoleWriter(streams)
{
    public override void SystemMessage(Message message)
    {
    }

    public override void ResultFile(string kind, string path)
    {
    }
}
