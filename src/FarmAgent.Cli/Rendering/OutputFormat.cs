namespace FarmAgent.Cli.Rendering;

/// <summary>For whom stdout is written.</summary>
internal enum OutputFormat
{
    Text,
    Json,
}
