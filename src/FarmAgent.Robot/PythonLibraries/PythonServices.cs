using System.Text.Json;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>What Python code may ask of the run: logging, keywords of BuiltIn, conversions.</summary>
/// <param name="output">Takes messages.</param>
/// <param name="converter">Converts values.</param>
/// <param name="stop">Ends waits when the run shall end.</param>
internal sealed class PythonServices(RunOutput output, TypeConverter converter, StopRequest stop) : IPythonServices
{
    private readonly Stack<KeywordScope> _running = new();
    private readonly List<KeywordFailedException> _failures = [];

    public CancellationToken Cancellation => _running.TryPeek(out var scope) ? scope.Cancellation : stop.TokenFor(inTeardown: false);

    /// <summary>Runs a call of a Python keyword.</summary>
    public object? Within(IKeywordContext context, Func<object?> call)
    {
        _running.Push((KeywordScope)context);
        try
        {
            return call();
        }
        catch (PythonErrorException error)
        {
            throw error.Failure is { } known ? _failures[known] : error.ToFailure();
        }
        finally
        {
            _running.Pop();
        }
    }

    public void LogProblem(string text) => output.Error(text);

    public void Log(string text, string level, bool html)
    {
        switch (level)
        {
            case "HTML":
                output.Log(text, MessageLevel.Info, html: true);
                break;
            case "CONSOLE":
                output.WriteConsole(text + "\n", ConsoleStream.Stdout);
                output.Log(text, MessageLevel.Info, html);
                break;
            default:
                output.Log(text, MessageLevelExtensions.TryParse(level, out var known) ? known : MessageLevel.Info, html);
                break;
        }
    }

    public void Print(string text, bool isError) => output.WriteConsole(text, isError ? ConsoleStream.Stderr : ConsoleStream.Stdout);

    public object? Answer(JsonElement request, PythonHost host) => request.GetProperty("want").GetString() switch
    {
        "builtin" => RunBuiltIn(request, host),
        "convert" => Convert(request, host),
        var other => throw new KeywordFailedException($"Python code asked for '{other}', which is not offered."),
    };

    public PythonFailure Describe(KeywordFailedException error)
    {
        var failure = error is InnerFailureException inner ? inner.Failure : Failure.From(error);
        _failures.Add(error);
        return new PythonFailure(failure.Message, _failures.Count - 1, failure.Skip, failure.Exit, failure.Continuable);
    }

    private object? RunBuiltIn(JsonElement request, PythonHost host)
    {
        if (!_running.TryPeek(out var scope))
        {
            throw new KeywordFailedException("Cannot access execution context", "RobotNotRunningError");
        }

        var name = request.GetProperty("name").GetString()!;
        var keyword = scope.Suite.Keywords.Libraries["BuiltIn"].Find(name)
            ?? throw new PyErrorException("AttributeError", $"'BuiltIn' object has no attribute '{name.Replace(' ', '_')}'");
        if (keyword.Name == "Get Library Instance" && request.GetProperty("args") is { } names && names.GetArrayLength() == 1)
        {
            return Instance(scope, names[0].GetString()!);
        }

        var given = new ResolvedArguments(
            [.. request.GetProperty("args").EnumerateArray().Select(host.Wire.Read)],
            [.. request.GetProperty("named").EnumerateArray().Select(pair => new KeyValuePair<string, object?>(pair[0].GetString()!, host.Wire.Read(pair[1])))]);
        var arguments = ArgumentBinder.Bind(keyword.Descriptor.Arguments, given, converter, allowUnresolved: false);
        var value = keyword.Descriptor.Body(scope, arguments);
        return value is not Flow flow ? value : flow.Failure is { } failure ? throw new InnerFailureException(failure) : flow.Value;
    }

    private static IKeywordLibrary Instance(KeywordScope scope, string name) => scope.Suite.Keywords.Libraries.TryGetValue(name, out var library)
        ? library.Library
        : throw new KeywordFailedException($"No library '{name}' found.");

    private object? Convert(JsonElement request, PythonHost host) => converter.Convert(
        host.Wire.Read(request.GetProperty("value")), converter.Type(request.GetProperty("type").GetString()!),
        request.GetProperty("kind").GetString()!, request.GetProperty("name").GetString());
}
