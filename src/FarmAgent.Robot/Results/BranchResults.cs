namespace FarmAgent.Robot.Results;

/// <summary>Result of an IF/ELSE structure; its body holds <see cref="IfBranchResult"/>s.</summary>
public sealed class IfResult : StepResult
{
    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartIf(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndIf(this);
}

/// <summary>One branch of an <see cref="IfResult"/>.</summary>
public sealed class IfBranchResult : StepResult
{
    /// <summary><c>IF</c>, <c>ELSE IF</c> or <c>ELSE</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Condition as written; <see langword="null"/> for ELSE.</summary>
    public string? Condition { get; init; }

    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartIfBranch(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndIfBranch(this);
}

/// <summary>Result of a TRY/EXCEPT structure; its body holds <see cref="TryBranchResult"/>s.</summary>
public sealed class TryResult : StepResult
{
    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartTry(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndTry(this);
}

/// <summary>One branch of a <see cref="TryResult"/>.</summary>
public sealed class TryBranchResult : StepResult
{
    /// <summary><c>TRY</c>, <c>EXCEPT</c>, <c>ELSE</c> or <c>FINALLY</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Patterns of an EXCEPT branch, as written.</summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>Option <c>type</c> of an EXCEPT branch, or <see langword="null"/>.</summary>
    public string? PatternType { get; init; }

    /// <summary>Variable after AS, or <see langword="null"/>.</summary>
    public string? Assign { get; init; }

    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartTryBranch(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndTryBranch(this);
}

/// <summary>Result of a GROUP.</summary>
public sealed class GroupResult : StepResult
{
    /// <summary>Name after variable replacement; may be empty.</summary>
    public string Name { get; set; } = "";

    /// <inheritdoc/>
    public override void NotifyStart(IRobotListener listener) => listener.StartGroup(this);

    /// <inheritdoc/>
    public override void NotifyEnd(IRobotListener listener) => listener.EndGroup(this);
}
