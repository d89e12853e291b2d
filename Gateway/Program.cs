using OrleansBilling.Gateway;

return await GatewayHost.RunAsync(args);
