using Microsoft.Extensions.Logging.Abstractions;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace FarmAgent.Agent.Hosting;

/// <summary>Where the log goes: to stderr, as text for a person at a terminal, else as one JSON object a line.</summary>
internal static class AgentLogging
{
    private const string Template = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>Makes the loggers; an agent inside another program logs nothing.</summary>
    public static ILoggerFactory CreateFactory(AgentOptions options)
    {
        if (!options.IsProcess)
        {
            return NullLoggerFactory.Instance;
        }

        var log = new LoggerConfiguration().MinimumLevel.Information().MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Grpc", LogEventLevel.Warning);
        log = Console.IsErrorRedirected
            ? log.WriteTo.Console(new RenderedCompactJsonFormatter(), standardErrorFromLevel: LogEventLevel.Verbose)
            : log.WriteTo.Console(
                outputTemplate: Template,
                formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose);
        return new SerilogLoggerFactory(log.CreateLogger(), dispose: true);
    }
}
