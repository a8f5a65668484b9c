using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Sessions;

namespace FarmAgent.Agent.Runs;

/// <summary>What a run does.</summary>
/// <param name="Board">The board.</param>
/// <param name="Token">The right to touch it.</param>
/// <param name="Suite">Path of what is run.</param>
/// <param name="Arguments">The user's options.</param>
/// <param name="Preflight">True makes the board ready first.</param>
/// <param name="Events">How much its engine reports, in the word of its environment.</param>
internal sealed record RunPlan(BoardSession Board, LeaseToken Token, string Suite, IReadOnlyList<string> Arguments, bool Preflight, string Events);
