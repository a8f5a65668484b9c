namespace FarmAgent.Robot.Running;

/// <summary>How a step ended.</summary>
internal enum FlowKind
{
    /// <summary>Go on with the next step.</summary>
    Normal,

    /// <summary>It failed or was skipped.</summary>
    Failed,

    /// <summary>The user keyword ends.</summary>
    Return,

    /// <summary>The loop ends.</summary>
    Break,

    /// <summary>The round of the loop ends.</summary>
    Continue,

    /// <summary>The test, setup or teardown ends as passed.</summary>
    Pass,
}

/// <summary>How a step ended and what comes with it.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Value">Return value of a keyword, or the unresolved values of a RETURN.</param>
/// <param name="Failure">Why it failed; for the kinds that leave a block: failures that happened before.</param>
/// <param name="Message">Message of a passed execution.</param>
internal readonly record struct Flow(FlowKind Kind, object? Value = null, Failure? Failure = null, string? Message = null)
{
    /// <summary>Go on with the next step.</summary>
    public static readonly Flow Next;

    public bool IsNormal => Kind == FlowKind.Normal;

    public bool IsFailed => Kind == FlowKind.Failed;

    /// <summary>Whether it leaves the block without having failed.</summary>
    public bool Leaves => Kind >= FlowKind.Return;

    public static Flow Of(object? value) => new(FlowKind.Normal, value);

    public static Flow Fail(Failure failure, object? value = null) => new(FlowKind.Failed, value, failure);

    /// <summary>What a RETURN, BREAK or CONTINUE is where there is nothing to leave: a failure.</summary>
    public Flow WhereNothingIsLeft() => Kind is FlowKind.Return or FlowKind.Break or FlowKind.Continue
        ? Fail(new Failure($"Invalid '{Kind.ToString().ToUpperInvariant()}' usage."))
        : this;

    /// <summary>The same end with failures that happened before it.</summary>
    public Flow After(IReadOnlyList<Failure> earlier) =>
        earlier.Count == 0 ? this : this with { Failure = Failure.Combine(Failure is null ? earlier : [.. earlier, .. Failure.Parts]) };
}
