namespace FarmAgent.Robot.Building;

/// <summary>Data or options are so wrong that nothing can run: exit code 252.</summary>
/// <param name="message">Text as the console shows it.</param>
internal sealed class SuiteDataException(string message) : Exception(message);
