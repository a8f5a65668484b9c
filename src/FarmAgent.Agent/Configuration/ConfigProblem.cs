namespace FarmAgent.Agent.Configuration;

/// <summary>One mistake in a configuration file. Prints as <c>file:line:column: text</c>.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Line">Line, from 1; 0 when the whole file is meant.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Text">What is wrong and what would be right.</param>
internal sealed record ConfigProblem(string File, long Line, long Column, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{File}:{Line}:{Column}: {Text}" : $"{File}: {Text}";
}
