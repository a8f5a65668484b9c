using System.CommandLine;

namespace FarmAgent.Cli;

/// <summary>Options that every verb takes, before or after it.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Agent { get; } = new("--agent")
    {
        Description = "The agent: unix:PATH or HOST:PORT (FARM_AGENT; default unix:/run/farm-agent/agent.sock)",
        HelpName = "ADDR",
        Recursive = true,
    };

    public static Option<string?> Context { get; } = new("--context")
    {
        Description = "The agent by its short name (farmctl context list; default: the one in use)",
        HelpName = "NAME",
        Recursive = true,
    };

    public static Option<string?> Board { get; } = new("--board", "-b")
    {
        Description = "The board, for example b1 (FARM_BOARD; may be left out where the agent has only one)",
        HelpName = "BOARD",
        Recursive = true,
    };

    public static Option<string?> Lease { get; } = new("--lease")
    {
        Description = "'auto' takes a lease for this one command; or the name of one you hold (FARM_LEASE; default auto)",
        HelpName = "auto|ID",
        Recursive = true,
    };

    public static Option<string?> Wait { get; } = new("--wait")
    {
        Description = "How long to wait in line for a board that is leased, for example 10m (default: do not wait)",
        HelpName = "DURATION",
        Recursive = true,
    };

    public static Option<string?> Owner { get; } = new("--owner")
    {
        Description = "Name that others see while you hold the board, for example ci/job-4711",
        HelpName = "NAME",
        Recursive = true,
    };

    public static Option<string> Output { get; } = MakeOutput();

    public static Option<bool> RequireReal { get; } = new("--require-real")
    {
        Description = "Refuse a virtual bench",
        Recursive = true,
    };

    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Agent);
        root.Options.Add(Context);
        root.Options.Add(Board);
        root.Options.Add(Lease);
        root.Options.Add(Wait);
        root.Options.Add(Owner);
        root.Options.Add(Output);
        root.Options.Add(RequireReal);
    }

    private static Option<string> MakeOutput()
    {
        var option = new Option<string>("-o", "--output-format")
        {
            Description = "text, or json: exactly one JSON document on stdout (streams: one a line), also for errors",
            HelpName = "text|json",
            DefaultValueFactory = _ => "text",
            Recursive = true,
        };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }
}
