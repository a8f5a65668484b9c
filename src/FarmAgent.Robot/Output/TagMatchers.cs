namespace FarmAgent.Robot.Output;

/// <summary>Makes a matcher from a tag pattern such as <c>smoke AND NOT slow</c>.</summary>
/// <param name="pattern">The pattern.</param>
/// <returns>Tells whether the tags of a test match.</returns>
internal delegate Func<IReadOnlyList<string>, bool> TagMatcherFactory(string pattern);
