using FarmAgent.Cli.Commands;

return await FarmctlCommand.RunAsync(args);
