/** What the service calls Azure as the target of machines that come from no region (reference, 1.2). */
export const azureTarget = "Microsoft Azure";
