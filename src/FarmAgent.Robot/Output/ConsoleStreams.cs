using FarmAgent.Robot.Results;
using FarmAgent.Robot.Settings;

namespace FarmAgent.Robot.Output;

/// <summary>The two streams of a console, with colours and links where they are wanted.</summary>
internal sealed class ConsoleStreams(TextWriter stdout, TextWriter stderr, RunSettings settings, bool isTerminal)
{
    private readonly bool _hasColors = settings.ConsoleColors switch
    {
        ConsoleSwitch.On or ConsoleSwitch.Ansi => true,
        ConsoleSwitch.Off => false,
        _ => isTerminal,
    };

    private readonly bool _hasLinks = settings.ConsoleLinks == ConsoleSwitch.Auto;

    public int Width { get; } = settings.ConsoleWidth;

    public bool HasMarkers { get; } = settings.ConsoleMarkers == ConsoleSwitch.On || (settings.ConsoleMarkers == ConsoleSwitch.Auto && isTerminal);

    public void Write(string text)
    {
        stdout.Write(text);
        stdout.Flush();
    }

    public void Write(string text, ConsoleStream stream)
    {
        var writer = stream == ConsoleStream.Stdout ? stdout : stderr;
        writer.Write(text);
        writer.Flush();
    }

    /// <summary>Text in the colour of a status.</summary>
    public string Highlight(string status, string? text = null)
    {
        var color = status switch
        {
            "PASS" => "32",
            "FAIL" or "ERROR" => "31",
            _ => "33",
        };
        return _hasColors ? $"\e[{color}m{text ?? status}\e[0m" : text ?? status;
    }

    public void WriteProblem(Message message)
    {
        stderr.Write($"[ {Highlight(message.Level.ToText())} ] {message.Text}\n");
        stderr.Flush();
    }

    public void WriteResultFile(string kind, string path)
    {
        var shown = path != "NONE" && _hasColors && _hasLinks ? $"\e]8;;{new Uri(path).AbsoluteUri}\e\\{path}\e]8;;\e\\" : path;
        Write($"{kind + ":",-9}{shown}\n");
    }
}
