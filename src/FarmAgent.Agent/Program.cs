return await FarmAgent.Agent.Hosting.AgentProgram.RunAsync(args);
