using FarmAgent.Robot.Building;
using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Keywords;
using FarmAgent.Robot.Lexing;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Output;
using FarmAgent.Robot.PythonLibraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Settings;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot;

/// <summary>One run: from checked options to the exit code.</summary>
/// <param name="settings">The options.</param>
/// <param name="host">What surrounds the run.</param>
internal sealed class RobotRun(RunSettings settings, RobotHost host)
{
    private const int MaxFailedCode = 250;

    private readonly RunOutput _output = new(host.Clock) { Level = settings.LogLevel };

    public int Run()
    {
        LongMessages.MaxLines = settings.MaxErrorLines;
        var console = ConsoleWriter.Create(settings, host.Stdout, host.Stderr, host.IsTerminal);
        _output.Add(console);
        settings.Problems.ForEach(_output.Error);
        CreateOutputDirectory();
        if (settings.Log is not null && settings.Output is null)
        {
            _output.Error("Log file cannot be created if output.xml is disabled.");
            settings.Log = null;
        }

        var languages = new Languages();
        foreach (var language in settings.Languages)
        {
            AddLanguage(languages, language);
        }

        var files = new FileBuilder(languages, _output);
        var suite = new SuiteBuilder(settings, files, _output).Build(settings.Paths);
        ReadEarlierRun();
        SuiteSelection.Apply(suite, settings, _output);
        SuiteShuffle.Apply(suite, settings);
        var rpa = ExecutionMode.Validate(suite, settings.Rpa);
        using var stop = new StopRequest(StopRequest.TeardownTime, host.Cancellation);
        var services = CreateServices(languages, files, rpa, stop);
        using var python = services.Python;
        InitialVariables.Set(services);
        var writers = ResultFiles.CreateWriters(settings, $"Robot {RobotProgram.Version} (FarmAgent)", host.Clock.Now, TagMatching.Create);
        try
        {
            writers.ForEach(_output.Add);
            foreach (var listener in host.Listeners)
            {
                _output.Add(listener);
            }

            var start = host.Clock.Now;
            var runner = new SuiteRunner(services);
            var top = runner.Run(suite);
            if (runner.ExitCombined)
            {
                settings.TagStatCombine.Add(new("NOT robot:exit", ""));
            }

            return Finish(console, new RunResult { Suite = top, Rpa = rpa, StartTime = start });
        }
        finally
        {
            // What was written before an internal error is worth reading.
            writers.OfType<IDisposable>().ToList().ForEach(writer => writer.Dispose());
        }
    }

    private void AddLanguage(Languages languages, string name)
    {
        if (!languages.TryAdd(name))
        {
            throw new SuiteDataException($"Invalid value for option '--language': Importing language file '{name}' failed: {ModuleNotFound.Describe(name, settings.PythonPath)}");
        }
    }

    private void CreateOutputDirectory()
    {
        try
        {
            Directory.CreateDirectory(settings.OutputDirectory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var problem = error is UnauthorizedAccessException ? "PermissionError: [Errno 13] Permission denied"
                : error is FileNotFoundException or DirectoryNotFoundException ? "FileNotFoundError: [Errno 2] No such file or directory"
                : "FileExistsError: [Errno 17] File exists";
            throw new SuiteDataException($"Creating output file directory '{settings.OutputDirectory}' failed: {problem}: '{settings.OutputDirectory}'");
        }
    }

    private RunServices CreateServices(Languages languages, FileBuilder files, bool rpa, StopRequest stop)
    {
        var evaluator = new ExpressionEvaluator(host.Clock);
        var converter = new TypeConverter(languages, evaluator);
        var python = new PythonRuntime(host.Python, settings.PythonPath, new PythonServices(_output, converter, stop));
        var variables = new VariableScopes(evaluator, text => _output.Log(text, MessageLevel.Warn));
        return new RunServices
        {
            Settings = settings,
            Output = _output,
            Variables = variables,
            Converter = converter,
            Languages = languages,
            Files = files,
            Importer = new LibraryImporter(StandardLibraries.Create(), host.Libraries, converter, python, settings.PythonPath),
            Python = python,
            Clock = host.Clock,
            Stop = stop,
            Evidence = host.Evidence,
            Rpa = rpa,
        };
    }

    private void ReadEarlierRun()
    {
        if (settings.RerunFailed is { } tests)
        {
            settings.Tests.AddRange(EarlierRun.FailedTests(tests, settings.RunEmptySuite));
        }

        if (settings.RerunFailedSuites is { } suites)
        {
            settings.Suites.AddRange(EarlierRun.FailedSuites(suites, settings.RunEmptySuite));
        }
    }

    private int Finish(ConsoleWriter console, RunResult result)
    {
        foreach (var message in _output.Errors)
        {
            result.Errors.Add(message);
        }

        var failed = result.Suite.AllTests.Count(test => test.Status == Status.Fail);
        result.ExitCode = settings.NoStatusRc ? 0 : Math.Min(failed, MaxFailedCode);
        if (settings.Output is null)
        {
            console.ResultFile("Output", "NONE");
        }

        _output.Close(result, console.ResultFile);
        if (settings.Log is not null || settings.Report is not null || settings.XUnit is not null)
        {
            settings.LateProblems.ForEach(text => console.SystemMessage(new Message(host.Clock.Now, MessageLevel.Error, text)));
        }

        host.Finished?.Invoke(result);
        return result.ExitCode;
    }
}
