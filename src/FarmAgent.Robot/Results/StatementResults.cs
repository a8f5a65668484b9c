namespace FarmAgent.Robot.Results;

/// <summary>Result of a VAR statement.</summary>
public sealed class VarResult : StepResult
{
    /// <summary>Variable with its decoration.</summary>
    public required string Name { get; init; }

    /// <summary>Values as written.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>Option <c>scope</c>, or <see langword="null"/>.</summary>
    public string? Scope { get; init; }

    /// <summary>Option <c>separator</c>, or <see langword="null"/>.</summary>
    public string? Separator { get; init; }

    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartVar(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndVar(this);
}

/// <summary>Result of a RETURN statement.</summary>
public sealed class ReturnResult : StepResult
{
    /// <summary>Values as written.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartReturn(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndReturn(this);
}

/// <summary>Result of a BREAK statement.</summary>
public sealed class BreakResult : StepResult
{
    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartBreak(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndBreak(this);
}

/// <summary>Result of a CONTINUE statement.</summary>
public sealed class ContinueResult : StepResult
{
    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartContinue(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndContinue(this);
}

/// <summary>Result of a row that is not valid where it stands.</summary>
public sealed class ErrorResult : StepResult
{
    /// <summary>The cells of the row.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartError(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndError(this);
}
