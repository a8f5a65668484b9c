using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Variables;

/// <summary>A variable cannot be read, found or set: a plain failure without a type in front.</summary>
/// <param name="message">Text as results show it.</param>
internal sealed class VariableSyntaxException(string message) : KeywordFailedException(message);
