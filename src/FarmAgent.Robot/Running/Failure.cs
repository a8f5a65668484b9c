using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Running;

/// <summary>Why something failed or was skipped, and what that means for what follows.</summary>
internal sealed class Failure
{
    private readonly IReadOnlyList<Failure>? _parts;
    private bool _continuable;

    public Failure(string message, IReadOnlyList<Failure>? parts = null)
    {
        Message = LongMessages.Cut(message.Replace("\r\n", "\n", StringComparison.Ordinal));
        _parts = parts;
    }

    public string Message { get; }

    public bool TestTimeout { get; init; }

    /// <summary>Cleared when a teardown goes on after it.</summary>
    public bool KeywordTimeout { get; set; }

    /// <summary>The data is wrong: nothing catches it.</summary>
    public bool Syntax { get; init; }

    /// <summary>The call itself is wrong: no keyword ran.</summary>
    public bool IsOfData { get; init; }

    /// <summary>The whole run ends.</summary>
    public bool Exit { get; init; }

    public bool Skip { get; init; }

    /// <summary>Whether the next steps run although this failed.</summary>
    public bool Continuable
    {
        get => _continuable;
        set
        {
            _continuable = value;
            foreach (var part in Parts.Where(part => part != this))
            {
                part.Continuable = value;
            }
        }
    }

    public bool Timeout => TestTimeout || KeywordTimeout;

    /// <summary>Whether not even a keyword that catches failures may go on.</summary>
    public bool DontContinue => Timeout || Syntax || Exit;

    public Status Status => Skip ? Status.Skip : Status.Fail;

    /// <summary>The single failures when there are several.</summary>
    public IReadOnlyList<Failure> Parts => _parts ?? [this];

    public static Failure From(KeywordFailedException error) => new(error.ResultMessage)
    {
        Skip = error.Kind == FailureKind.Skip,
        Exit = error.Kind == FailureKind.Fatal,
        Syntax = error is SyntaxFailureException,
        TestTimeout = error is TimeoutExceededException { IsTest: true },
        KeywordTimeout = error is TimeoutExceededException { IsTest: false },
        Continuable = error.Continuable,
        IsOfData = error is Variables.VariableSyntaxException,
    };

    /// <summary>Several failures as one.</summary>
    public static Failure Combine(IReadOnlyList<Failure> failures, string? message = null) =>
        new(message ?? FailureMessages.Combine(failures), failures)
        {
            TestTimeout = failures.Any(failure => failure.TestTimeout),
            KeywordTimeout = failures.Any(failure => failure.KeywordTimeout),
            Syntax = failures.Any(failure => failure.Syntax),
            Exit = failures.Any(failure => failure.Exit),
            Skip = failures.Any(failure => failure.Skip),
            _continuable = failures.All(failure => failure.Continuable),
        };

    /// <summary>The failure of a user keyword: its body, its teardown, or both.</summary>
    public static Failure OfKeyword(Failure? body, Failure? teardown)
    {
        var message = (body, teardown) switch
        {
            (not null, null) => body.Message,
            (null, not null) => $"Keyword teardown failed:\n{teardown.Message}",
            _ => $"{body!.Message}\n\nAlso keyword teardown failed:\n{teardown!.Message}",
        };
        Failure[] all = [.. new[] { body, teardown }.OfType<Failure>()];
        var combined = Combine(all, message);
        return new Failure(message, teardown is null ? body!.Parts : null)
        {
            TestTimeout = combined.TestTimeout,
            KeywordTimeout = combined.KeywordTimeout,
            Syntax = combined.Syntax,
            Exit = combined.Exit,
            Skip = combined.Skip,
            _continuable = combined.Continuable,
        };
    }
}
