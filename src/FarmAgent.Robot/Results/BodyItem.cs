namespace FarmAgent.Robot.Results;

/// <summary>One entry of a body in the results: a <see cref="Message"/> or a <see cref="StepResult"/>.</summary>
public abstract class BodyItem;
