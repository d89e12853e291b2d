using OrleansBilling.Silo;
using OrleansBilling.Silo.Commands;

if (CommandLine.IsCommand(args))
{
    return await CommandLine.RunAsync(args);
}
return await SiloHost.RunAsync(args);
