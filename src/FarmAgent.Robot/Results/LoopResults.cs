namespace FarmAgent.Robot.Results;

/// <summary>Result of a FOR loop; its body holds <see cref="IterationResult"/>s.</summary>
public sealed class ForResult : StepResult
{
    /// <summary>Loop variables as written.</summary>
    public required IReadOnlyList<string> Assign { get; init; }

    /// <summary><c>IN</c>, <c>IN RANGE</c>, <c>IN ENUMERATE</c> or <c>IN ZIP</c>.</summary>
    public required string Flavor { get; init; }

    /// <summary>Values as written.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>Option <c>start</c>, or empty.</summary>
    public string? Start { get; init; }

    /// <summary>Option <c>mode</c>, or empty.</summary>
    public string? Mode { get; init; }

    /// <summary>Option <c>fill</c>, or empty.</summary>
    public string? Fill { get; init; }

    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartFor(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndFor(this);
}

/// <summary>Result of a WHILE loop; its body holds <see cref="IterationResult"/>s.</summary>
public sealed class WhileResult : StepResult
{
    /// <summary>Condition as written, or <see langword="null"/>.</summary>
    public string? Condition { get; init; }

    /// <summary>Option <c>limit</c>, or <see langword="null"/>.</summary>
    public string? Limit { get; init; }

    /// <summary>Option <c>on_limit</c>, or <see langword="null"/>.</summary>
    public string? OnLimit { get; init; }

    /// <summary>Option <c>on_limit_message</c>, or <see langword="null"/>.</summary>
    public string? OnLimitMessage { get; init; }

    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartWhile(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndWhile(this);
}

/// <summary>One round of a loop.</summary>
public sealed class IterationResult : StepResult
{
    /// <summary>Loop variables with the text of their values (cut as assignments are); empty for WHILE.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Assign { get; set; } = [];

    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartIteration(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndIteration(this);
}
